/** Redis forgets its scripts, or does not let its user load any: nobody is to notice. */

import { assert, assertEquals } from "@std/assert";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { RespClient } from "../../lib/broker/redis/client.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { encodeEntry } from "../../lib/broker/redis/codec.ts";
import { PUBLISH, READ } from "../../lib/broker/redis/scripts.ts";
import { parseRedisUrl } from "../../lib/broker/redis/url.ts";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
import type { HistoryQuery } from "../../lib/broker/types.ts";
import { KEEP_ALL, Member, payloadsOf } from "../conformance/broker_scene.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isAway, isReady, RedisCluster } from "./redis_cluster.ts";

const ignore = requireTool("redis-server").missing;

Deno.test({
  name:
    "Redis that forgets its scripts again and again loses no publication, and no order",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const members = await cluster.joinRoom(2);
    const rounds = 20;
    const each = 50;
    const sent: string[] = [];
    const published = [];
    for (let round = 0; round < rounds; round++) {
      const forgotten = cluster.server.command("SCRIPT", "FLUSH");
      for (let count = 0; count < each; count++) {
        const payload = `${round}:${count}`;
        sent.push(payload);
        const history = KEEP_ALL;
        const { broker } = members[0]!;
        published.push(broker.publish({ channel: "room", payload, history }));
        // In several turns, so that they travel apart.
        if (count % 10 === 0) await new Promise((done) => setImmediate(done));
      }
      await forgotten;
    }
    await Promise.all(published);
    for (const member of members) {
      assertEquals(
        payloadsOf(await member.receives(sent.length, "room")),
        sent,
      );
      assertEquals(member.checks, 0);
    }
    const stats = await cluster.server.command("INFO", "errorstats");
    const [, misses] = /errorstat_NOSCRIPT:count=(\d+)/.exec(stats) ?? [];
    assert(Number(misses) > rounds / 2, `only ${misses} scripts were missed`);
  },
});

Deno.test({
  name:
    "What is published just before the end is taken, also by a Redis that knows no script",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [member] = await cluster.joinRoom(1);
    for (let offset = 1; offset <= 20; offset++) {
      const { broker } = await cluster.join();
      await cluster.server.command("SCRIPT", "FLUSH");
      const request = { channel: "room", payload: "x", history: KEEP_ALL };
      const published = broker.publish(request);
      await broker.close();
      assertEquals((await published).offset, offset);
    }
    assertEquals((await member!.receives(20, "room")).length, 20);
  },
});

Deno.test({
  name:
    "A user that may neither load scripts nor ask Redis about itself is served, also when it comes back",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const rights = ["~*", "&*", "+@all", "-script", "-info"];
    await server.command("ACL", "SETUSER", "app", "on", ">secret", ...rights);
    const url = server.url.replace("//", "//app:secret@");
    const link = await connectRedis(url, { clock, random });
    const member = new Member(new RedisBroker({ link, clock, random }));
    const { broker } = member;
    broker.start(member);
    await isReady(member);
    await broker.subscribe("room");
    await member.publishKept("room", "a");
    await server.command("CLIENT", "KILL", "USER", "app");
    await isAway(member);
    await isReady(member);
    await member.publishKept("room", "b");
    assertEquals(payloadsOf(await member.receives(2, "room")), ["a", "b"]);
    await broker.close();
  },
});

Deno.test({
  name:
    "A channel whose key is no stream of this hub fails alone, wherever it stands among those that share a script",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const { broker } = await cluster.join();
    const channels = ["a", "b", "c"];
    for (const [index, bad] of channels.entries()) {
      const publish = () =>
        Promise.allSettled(
          channels.map((channel) =>
            broker.publish({ channel, payload: "x", history: KEEP_ALL })
          ),
        );
      await cluster.server.command("FLUSHALL");
      await publish();
      const key = `thrum:{${bad}}:${index === 0 ? "position" : "stream"}`;
      await cluster.server.command("SET", key, "of another program");
      const settled = await publish();
      for (const [at, outcome] of settled.entries()) {
        if (outcome.status === "rejected") {
          assertEquals(at, index);
          assert(String(outcome.reason).includes("WRONGTYPE"));
        } else {
          assert(at !== index, `${channels[at]} with ${key}`);
          assertEquals(outcome.value.offset, 2);
        }
      }
    }
  },
});

Deno.test({
  name:
    "A node that does not know of the newest life yet publishes in the epoch that others have begun",
  ignore,
  async fn() {
    await using server = await RedisServer.start();
    const { servers: [address], ...access } = parseRedisUrl(server.url);
    const client = new RespClient({ ...address, ...access, isSharded: false });
    await client.connect();
    const keys = ["thrum:{room}:position", "thrum:{room}:stream"];
    const publish = (epoch: string, life: string) =>
      client.sendCommand([
        ...["EVAL", PUBLISH, "2", ...keys],
        ...[life, epoch, "86400000", "keep", "10", "60000", "300000"],
        // No version, no condition.
        ...["", ""],
        ...["topic", "1", encodeEntry({ payload: "x" })],
      ]);
    const read = (epoch: string, life: string) =>
      client.sendCommand([
        ...["EVAL", READ, "2", ...keys],
        ...[life, epoch, "86400000", "10", "forward", "-", "+"],
      ]);
    assertEquals(await publish("epoch--1", "old"), ["0 1 epoch--1"]);
    assertEquals(await publish("epoch--2", "old"), ["0 2 epoch--1"]);
    const found = await read("epoch--3", "new");
    assert(Array.isArray(found));
    const [epoch, offset, earlier, entries] = found;
    assertEquals(
      [epoch, offset, earlier, entries.length],
      ["epoch--3", "2", "old epoch--1 2\n", 2],
    );
    assertEquals(await publish("epoch--4", "old"), ["0 3 epoch--3"]);
    assertEquals(await publish("epoch--5", "new"), ["0 4 epoch--3"]);
    assertEquals(await publish("epoch--6", "old"), ["0 5 epoch--3"]);
    assertEquals(await publish("epoch--7", "newest"), ["0 6 epoch--7"]);
    assertEquals(await publish("epoch--8", "new"), ["0 7 epoch--7"]);
    client.destroy();
  },
});

Deno.test({
  name:
    "A history has the size that the newest publication says, and Redis holds little more",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const { broker } = await cluster.join();
    let top = 0;
    const publish = async (count: number, size: number) => {
      const history = { size, ttlMs: 60_000 };
      for (let left = count; left > 0; left--, top++) {
        await broker.publish({ channel: "room", payload: "x", history });
      }
    };
    const offsets = async (query: HistoryQuery) => {
      const found = await broker.history("room", query);
      assert(found.type === "history");
      return found.publications.map(({ offset }) => offset);
    };
    for (const [count, size] of [[30, 10], [500, 10], [1, 3], [1, 1], [9, 7]]) {
      await publish(count!, size!);
      const kept = Array.from(
        { length: size! },
        (_, at) => top - size! + 1 + at,
      );
      assertEquals(await offsets({ limit: -1 }), kept);
      const newest = kept.toReversed();
      assertEquals(await offsets({ limit: -1, reverse: true }), newest);
      const since = { offset: kept[0]! - 2, epoch: "" };
      assertEquals(await offsets({ limit: -1, since }), kept);
      const reply = await cluster.server.command("XLEN", "thrum:{room}:stream");
      const length = Number(reply.slice(1));
      assert(length >= size! && length <= 130, `${length} of ${size}`);
    }
  },
});
