/** Redis forgets its scripts, or does not let its user load any: nobody is to notice. */

import { assert, assertEquals } from "@std/assert";
import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock as clock } from "../../lib/base/clock.ts";
import { systemRandom as random } from "../../lib/base/random.ts";
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
