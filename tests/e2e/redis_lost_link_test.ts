/** One node loses Redis, or Redis loses its newest writes: nobody is to skip anything unknowingly. */

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { KEEP_ALL, offsetsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { requireTool } from "../support/requirements.ts";
import { isAway, isReady, RedisCluster } from "./redis_cluster.ts";

const ignore = requireTool("redis-server").missing;
/** Longer than any pause between two attempts. */
const PAUSE_MS = 2_000;

Deno.test({
  name:
    "A node whose connection was cut compares its positions, and finds what it missed",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [first] = await cluster.joinRoom(1);
    // This one comes back when the test says so.
    const clock = new FakeClock();
    const second = await cluster.join(clock);
    await second.broker.subscribe("room");
    await first!.publishKept("room", "a");
    const [seen] = await second.receives(1, "room");
    await cluster.server.command("CLIENT", "KILL", "TYPE", "pubsub");
    await isAway(second);
    await isReady(first!);
    await first!.publishKept("room", "b", "c");
    assertEquals(second.checks, 0);
    clock.advance(PAUSE_MS);
    await isReady(second);
    assertEquals(second.checks, 1);
    const query = { since: seen!, mode: "stream" as const };
    const { recovered, publications } = await second.broker.recover(
      "room",
      query,
    );
    assert(recovered);
    assertEquals(offsetsOf(publications), [2, 3]);
    await first!.publishKept("room", "d");
    assertEquals(offsetsOf(await second.receives(2, "room")), [1, 4]);
  },
});

Deno.test({
  name:
    "Redis that has lost its newest writes goes on with another epoch, in which others publish before the last node is back",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const first = await cluster.join();
    const clock = new FakeClock();
    const second = await cluster.join(clock);
    await second.broker.subscribe("room");
    await first.publishKept("room", ..."abcde");
    await cluster.server.save();
    await first.publishKept("room", ..."fghij");
    const seen = (await second.receives(10, "room")).at(-1)!;
    await cluster.server.kill();
    await isAway(second);
    await cluster.server.start();
    await isReady(first);
    // The offsets of what the second node has seen are given a second time.
    await first.publishKept("room", ..."FGHIJKL");
    const position = await first.broker.position("room");
    assertNotEquals(position.epoch, seen.epoch);
    assertEquals(position.offset, 12);
    clock.advance(PAUSE_MS);
    await isReady(second);
    assertEquals(second.checks, 1);
    assertEquals(await second.broker.position("room"), position);
    const query = { since: seen, mode: "stream" as const };
    assertEquals((await second.broker.recover("room", query)).recovered, false);
    await first.publishKept("room", "M");
    await eventually(() => second.delivered.at(-1)?.payload === "M", {
      awaited: "the newest publication",
    });
    assertEquals(second.delivered.at(-1)?.epoch, position.epoch);
  },
});

Deno.test({
  name: "A position that a node has only asked for is known to be lost too",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const first = await cluster.join();
    const clock = new FakeClock();
    const second = await cluster.join(clock);
    await second.broker.subscribe("asked");
    await second.broker.subscribe("recovered");
    for (const channel of ["asked", "recovered"]) {
      await first.publishKept(channel, "a");
    }
    await second.broker.unsubscribe("asked");
    await second.broker.unsubscribe("recovered");
    await cluster.server.save();
    for (const channel of ["asked", "recovered"]) {
      await first.publishKept(channel, "b");
      await second.broker.subscribe(channel);
    }
    const asked = await second.broker.position("asked");
    const since = { offset: 0, epoch: "" };
    const query = { since, mode: "stream" as const };
    const found = await second.broker.recover("recovered", query);
    assertEquals([asked.offset, found.position.offset], [2, 2]);
    await cluster.server.kill();
    await isAway(second);
    await cluster.server.start();
    await isReady(first);
    clock.advance(PAUSE_MS);
    await isReady(second);
    const epochs = [asked.epoch, found.position.epoch];
    for (const [index, channel] of ["asked", "recovered"].entries()) {
      const { epoch } = await first.broker.position(channel);
      assertNotEquals(epoch, epochs[index]);
    }
  },
});

Deno.test({
  name: "A client recovers from a Redis that has lost only other channels",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [member] = await cluster.joinRoom(1);
    await member!.publishKept("room", "a", "b");
    await member!.broker.publish({
      channel: "other",
      payload: "x",
      history: KEEP_ALL,
    });
    await cluster.server.save();
    const position = await member!.broker.position("room");
    await cluster.server.kill();
    await isAway(member!);
    await cluster.server.start();
    await isReady(member!);
    const query = { since: position, mode: "stream" as const };
    const recovery = await member!.broker.recover("room", query);
    assert(recovery.recovered);
    assertEquals(recovery.position.offset, position.offset);
    assertEquals(await member!.kept("room"), [1, 2]);
  },
});

Deno.test({
  name:
    "A burst of 100 000 publications of three nodes reaches each of them once and in one order",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const members = await cluster.joinRoom(3);
    const total = 99_999;
    await Promise.all(members.map(async ({ broker }, node) => {
      const published = [];
      for (let count = 0; count < total / 3; count++) {
        const payload = `${node}:${count}`;
        published.push(broker.publish({ channel: "room", payload }));
      }
      await Promise.all(published);
    }));
    const [first] = members;
    const order = (await first!.receives(total, "room")).map((p) => p.payload);
    for (const member of members) {
      const delivered = await member.receives(total, "room");
      assert(delivered.every(({ offset }, index) => offset === index + 1));
      assert(delivered.every(({ payload }, index) => payload === order[index]));
      assertEquals(member.checks, 0);
    }
  },
});

Deno.test({
  name:
    "A key is remembered for five minutes, a position for a day, and what is kept as long as it says",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const member = await cluster.join();
    const history = { size: 1, ttlMs: 60_000 };
    const request = { channel: "room", payload: "x", history };
    await member.broker.publish({ ...request, idempotencyKey: "k" });
    const ttlOf = async (part: string) => {
      const reply = await cluster.server.command(
        "PTTL",
        `thrum:{room}:${part}`,
      );
      return Number(reply.slice(1));
    };
    for (
      const [part, atMost, atLeast] of [
        ["key:k", 300_000, 299_000],
        // These two are not prolonged with each publication.
        ["stream", 61_000, 60_000],
        ["position", 87_000_000, 86_400_000],
      ] as const
    ) {
      const ttl = await ttlOf(part);
      assert(ttl > atLeast && ttl <= atMost, `${part}: ${ttl}`);
    }
    await member.broker.publish({
      ...request,
      history: { size: 1, ttlMs: 90_000_000 },
    });
    assert(await ttlOf("position") >= 90_000_000);
    await cluster.server.command("FLUSHALL");
    await member.broker.publish({ channel: "unheard", payload: "x" });
    assertEquals(await cluster.server.command("DBSIZE"), ":0\r\n");
  },
});

Deno.test({
  name:
    "What is kept has a lifetime in Redis, also after it was removed, emptied or expired",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const { broker } = await cluster.join();
    const command = (...args: string[]) => cluster.server.command(...args);
    const lifetime = async () => {
      const reply = await command("PTTL", "thrum:{room}:stream");
      return Number(reply.slice(1));
    };
    const publish = (ttlMs: number) =>
      broker.publish({
        channel: "room",
        payload: "x",
        history: { size: 2, ttlMs },
      });
    const again: [string, () => unknown][] = [
      ["at first", () => {}],
      ["after a removal", () => broker.removeHistory("room")],
      [
        "without a history",
        () => broker.publish({ channel: "room", payload: "x" }),
      ],
      ["after it was emptied", () => command("FLUSHALL")],
      ["after it expired", async () => {
        await publish(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }],
    ];
    for (const [when, act] of again) {
      await act();
      await publish(60_000);
      const ms = await lifetime();
      assert(ms > 59_000 && ms <= 61_000, `${when}: ${ms}`);
    }
    await publish(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const found = await broker.history("room", { limit: -1 });
    assertEquals(found.type === "history" && found.publications, []);
  },
});
