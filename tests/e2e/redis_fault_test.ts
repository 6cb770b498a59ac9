/** Redis with the faults of every broker, and those that only Redis has. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  KEEP_ALL,
  type Member,
  offsetsOf,
} from "../conformance/broker_scene.ts";
import { compares } from "../conformance/fault_scene.ts";
import { testFaults } from "../conformance/faults.ts";
import { requireTool } from "../support/requirements.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { isAway, isReady, RedisCluster } from "./redis_cluster.ts";

const ignore = requireTool("redis-server").missing;
/** The promise for positions once Redis is back. */
const CHECKED_WITHIN_MS = 5_000;
const request = { channel: "room", payload: "x", history: KEEP_ALL };

testFaults(requireBroker("Redis"));

Deno.test({
  name:
    "Publications under way when Redis is killed are taken or rejected, and those that were acknowledged are kept",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ durable: true });
    const [member] = await cluster.joinRoom(1);
    const taken: number[] = [];
    let refused = 0;
    const publishing = Array.from({ length: 50 }, async () => {
      for (let count = 0; count < 2_000; count++) {
        try {
          taken.push((await member!.broker.publish(request)).offset);
        } catch {
          refused++;
        }
      }
    });
    await member!.receives(200, "room");
    await cluster.server.kill();
    await Promise.all(publishing);
    assert(taken.length >= 200);
    assert(refused > 0);
    assertEquals(taken.length + refused, 50 * 2_000);
    await cluster.server.start();
    await isReady(member!);
    const query = { limit: -1, cap: 100_000 };
    const kept = await member!.broker.history("room", query);
    assert(kept.type === "history");
    const offsets = new Set(offsetsOf(kept.publications));
    const oldest = kept.publications[0]?.offset ?? 0;
    const lost = taken.filter((offset) =>
      offset >= oldest && !offsets.has(offset)
    );
    assertEquals(lost, []);
    assert(Math.max(...taken) <= kept.position.offset);
    assertEquals(offsets.size, Math.min(kept.position.offset, KEEP_ALL.size));
  },
});

Deno.test({
  name:
    "Redis that comes back with its data goes on where it was, with another epoch, and a client of the epoch before recovers",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start({ durable: true });
    const [first, second] = await cluster.joinRoom(2);
    const keyed = { ...request, idempotencyKey: "k" };
    const once = await first!.broker.publish(keyed);
    await first!.publishKept("room", "a", "b");
    const position = await first!.broker.position("room");
    await second!.receives(3, "room");
    await cluster.server.kill();
    await isAway(second!);
    await cluster.server.start();
    await Promise.all(
      [first!, second!].map((member) => compares(member, CHECKED_WITHIN_MS)),
    );
    const { offset, epoch } = await second!.broker.position("room");
    assertEquals(offset, position.offset);
    assertNotEquals(epoch, position.epoch);
    const again = await second!.broker.publish(keyed);
    assertEquals(again.offset, once.offset);
    const query = {
      since: { ...position, offset: 1 },
      mode: "stream" as const,
    };
    const { recovered, publications } = await second!.broker.recover(
      "room",
      query,
    );
    assert(recovered);
    assertEquals(offsetsOf(publications), [2, 3]);
    await second!.broker.publish(request);
    assertEquals(offsetsOf(await first!.receives(4, "room")), [1, 2, 3, 4]);
    // Once when Redis is back, and once with the first publication of the new epoch.
    assertEquals(first!.checks, 2);
  },
});

Deno.test({
  name:
    "Redis that is emptied while it runs has another epoch, and nodes compare their positions",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [first, second] = await cluster.joinRoom(2);
    const before = await first!.broker.publish(request);
    await cluster.server.command("FLUSHALL");
    const after = await first!.broker.publish(request);
    assertEquals(after.offset, 1);
    assertNotEquals(after.epoch, before.epoch);
    await Promise.all(
      [first!, second!].map((member) => compares(member, CHECKED_WITHIN_MS)),
    );
  },
});

Deno.test({
  name:
    "Redis that hangs is given up within six seconds, and taken again when it goes on",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [member] = await cluster.joinRoom(1);
    cluster.server.signal("SIGSTOP");
    const { broker } = member!;
    const from = performance.now();
    await assertRejects(
      async () => await broker.publish(request),
      Error,
      "Redis has not answered for 3000 ms; whether the command was carried out is unknown",
    );
    assert(performance.now() - from < 6_000);
    assertFalse(broker.ready);
    cluster.server.signal("SIGCONT");
    await isReady(member!);
    await broker.publish({ ...request, payload: "y" });
    const last = await eventuallyLast(member!);
    assertEquals(last, "y");
  },
});

/** The payload of the newest delivery, once it is there. */
async function eventuallyLast(member: Member): Promise<unknown> {
  await member.settled("room");
  return member.of("room").at(-1)?.payload;
}

Deno.test({
  name:
    "Redis without memory refuses publications, tells nobody of them, and gives their places to the next",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [member] = await cluster.joinRoom(1);
    await member!.broker.publish(request);
    await cluster.server.command("CONFIG", "SET", "maxmemory", "1");
    await assertRejects(async () => await member!.broker.publish(request));
    assert(member!.broker.ready);
    await cluster.server.command("CONFIG", "SET", "maxmemory", "0");
    assertEquals((await member!.broker.publish(request)).offset, 2);
    assertEquals(offsetsOf(await member!.settled("room")), [1, 2]);
    assertEquals(await member!.kept("room"), [1, 2]);
    assertEquals(member!.checks, 0);
  },
});

Deno.test({
  name:
    "Redis without memory for a key tells nobody of what has it, and the same is told once when there is memory again",
  ignore,
  async fn() {
    await using cluster = await RedisCluster.start();
    const [member] = await cluster.joinRoom(1);
    const { broker } = member!;
    const keyed = { ...request, skipHistory: true, idempotencyKey: "k" };
    await cluster.server.command("CONFIG", "SET", "maxmemory", "1");
    for (let attempt = 0; attempt < 2; attempt++) {
      await assertRejects(async () => await broker.publish(keyed));
    }
    assertEquals(await member!.settled("room"), []);
    await cluster.server.command("CONFIG", "SET", "maxmemory", "0");
    for (let attempt = 0; attempt < 2; attempt++) {
      assertEquals((await broker.publish(keyed)).delivered, true);
    }
    assertEquals((await member!.settled("room")).length, 1);
  },
});
