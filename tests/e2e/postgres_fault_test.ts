/** PostgreSQL is killed, hangs, is slow or cut off: what its nodes notice, and that nothing is lost unnoticed. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertLess,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  KEEP_ALL,
  type Member,
  offsetsOf,
  payloadsOf,
} from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { postgresTests, request } from "./postgres_cluster.ts";
import { isAway, isReady } from "./redis_cluster.ts";

const test = await postgresTests({ durable: true });
/** PostgreSQL reads its log again after a kill. */
const RECOVERY = { timeoutMs: 20_000 };
/** Time in which a call without an answer is given up. */
const GIVEN_UP_MS = 8_000;

/** Milliseconds until a call rejects. */
async function rejects(call: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await assertRejects(call, Error);
  return performance.now() - from;
}

/** Resolves once a node has compared its positions. */
function compares(member: Member): Promise<void> {
  const awaited = "positions to be compared";
  return eventually(() => member.checks > 0, { awaited, ...RECOVERY });
}

/** The address of a proxy, as the URL of a database. */
function urlOf(proxy: TcpProxy): string {
  return `postgres://postgres@${new URL(proxy.url).host}/postgres`;
}

test("While PostgreSQL is down every call rejects within 100 ms, and once it is back all goes on", async (cluster) => {
  const members = await cluster.joinRoom(2);
  const [first, second] = members;
  await first!.broker.publish(request);
  await cluster.server.kill();
  await isAway(first!);
  const { broker } = first!;
  const since = { offset: 0, epoch: "" };
  for (
    const call of [
      async () => await broker.publish(request),
      () => broker.position("room"),
      () => broker.history("room", { limit: 1 }),
      () => broker.recover("room", { since, mode: "stream" }),
      () => broker.removeHistory("room"),
      async () => await broker.subscribe("other"),
      () => broker.call(undefined, "?"),
    ]
  ) assertLess(await rejects(call), 100);
  await cluster.server.start();
  await Promise.all(members.map(compares));
  assert(broker.ready);
  const { epoch } = await second!.broker.publish(request);
  for (const member of members) {
    await eventually(() => member.delivered.at(-1)?.epoch === epoch, {
      awaited: "the publication",
    });
  }
  // It was refused, and is tried again by itself.
  await second!.broker.publish({ ...request, channel: "other" });
  await first!.receives(1, "other");
});

test("PostgreSQL is killed in the middle of publications: each that was acknowledged reaches three nodes, once and in one order", async (cluster) => {
  const members = await cluster.joinRoom(3);
  const [publisher] = members;
  const acknowledged: string[] = [];
  let isOver = false;
  const publishing = Array.from({ length: 20 }, async (_, index) => {
    for (let count = 0; !isOver; count++) {
      const payload = `${index}:${count}`;
      try {
        await publisher!.broker.publish({ ...request, payload });
        acknowledged.push(payload);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  });
  await publisher!.receives(500, "room");
  await cluster.server.kill();
  await isAway(publisher!);
  await cluster.server.start();
  const before = acknowledged.length;
  await eventually(() => acknowledged.length > before + 200, {
    awaited: "publications after the return",
    ...RECOVERY,
  });
  isOver = true;
  await Promise.all(publishing);
  for (const member of members) {
    await isReady(member, RECOVERY);
    await member.settled("room");
    const payloads = payloadsOf(member.of("room"));
    assertEquals(new Set(payloads).size, payloads.length);
    const seen = new Set(payloads);
    assertEquals(acknowledged.filter((payload) => !seen.has(payload)), []);
    assertEquals(payloads, payloadsOf(publisher!.of("room")));
    const offsets = offsetsOf(member.of("room"));
    assertEquals(offsets, offsets.map((_, index) => index + 1));
  }
});

test("After a kill a stream goes on with another epoch, and a client of the epoch before recovers", async (cluster) => {
  const [first, second] = await cluster.joinRoom(2);
  const keyed = { ...request, idempotencyKey: "k" };
  const once = await first!.broker.publish(keyed);
  await first!.publishKept("room", "a", "b");
  const position = await first!.broker.position("room");
  await cluster.server.kill();
  await isAway(second!);
  await cluster.server.start();
  await Promise.all([first!, second!].map(compares));
  const { offset, epoch } = await second!.broker.position("room");
  assertEquals(offset, position.offset);
  assertNotEquals(epoch, position.epoch);
  assertEquals((await second!.broker.publish(keyed)).offset, once.offset);
  const since = { ...position, offset: 1 };
  const found = await second!.broker.recover("room", {
    since,
    mode: "stream",
  });
  assert(found.recovered);
  assertEquals(offsetsOf(found.publications), [2, 3]);
  const lost = { since: { ...position, offset: 4 }, mode: "stream" as const };
  assertFalse((await first!.broker.recover("room", lost)).recovered);
});

test("A restart of PostgreSQL in peace keeps the epochs, and nodes read what they have missed", async (cluster) => {
  await using proxy = new TcpProxy(cluster.server.url);
  const publisher = await cluster.join();
  const member = await cluster.join(urlOf(proxy));
  await member.broker.subscribe("room");
  const before = await publisher.broker.publish(request);
  await member.receives(1, "room");
  proxy.cut();
  await isAway(member);
  await publisher.publishKept("room", "a", "b");
  await cluster.server.stop();
  await cluster.server.start();
  await isReady(publisher, RECOVERY);
  await publisher.publishKept("room", "c");
  proxy.restore();
  await isReady(member, RECOVERY);
  const seen = await member.receives(4, "room");
  assertEquals(payloadsOf(seen), ["x", "a", "b", "c"]);
  assertEquals(new Set(seen.map(({ epoch }) => epoch)).size, 1);
  assertEquals(seen[0]?.epoch, before.epoch);
});

test("A node that is cut off for seconds reads all that was published meanwhile, once and in order", async (cluster) => {
  await using proxy = new TcpProxy(cluster.server.url);
  const publisher = await cluster.join();
  const member = await cluster.join(urlOf(proxy));
  await member.broker.subscribe("room");
  await publisher.publishKept("room", "before");
  await member.receives(1, "room");
  proxy.cut();
  const from = performance.now();
  let count = 0;
  await eventually(async () => {
    await publisher.publishKept("room", `${count++}`);
    assertLess(
      await rejects(async () => await member.broker.publish(request)),
      100,
    );
    return performance.now() - from > 4_000;
  }, { awaited: "the end of the cut", timeoutMs: 20_000 });
  proxy.restore();
  await isReady(member);
  const seen = payloadsOf(await member.receives(count + 1, "room"));
  const expected = Array.from({ length: count }, (_, index) => `${index}`);
  assertEquals(seen, ["before", ...expected]);
  assert(member.checks > 0);
});

test("PostgreSQL that hangs is given up within seconds, and taken again when it goes on", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const { broker } = member!;
  await cluster.server.signal("STOP");
  try {
    const ms = await rejects(async () => await broker.publish(request));
    assertLess(ms, GIVEN_UP_MS);
    assertFalse(broker.ready);
  } finally {
    await cluster.server.signal("CONT");
  }
  await isReady(member!, RECOVERY);
  await broker.publish({ ...request, payload: "y" });
  await eventually(() => member!.of("room").at(-1)?.payload === "y", {
    awaited: "the publication",
  });
});

test("PostgreSQL that answers late delays publications, which share its answers, and loses none", async (cluster) => {
  await using proxy = new TcpProxy(cluster.server.url);
  const member = await cluster.join(urlOf(proxy));
  await member.broker.subscribe("room");
  await member.broker.publish(request);
  proxy.delayMs = 200;
  const from = performance.now();
  let turns = 0;
  const turning = setInterval(() => turns++, 10);
  const published = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index));
      return await member.broker.publish({ ...request, payload: `${index}` });
    }),
  );
  clearInterval(turning);
  assertEquals(published.length, 300);
  // One after the other they would take two minutes.
  assertLess(performance.now() - from, 15_000);
  assert(turns > 20);
  assertEquals((await member.receives(301, "room")).length, 301);
  assert(member.broker.ready);
  proxy.delayMs = 0;
});

test("A node uses no more connections than its URL says", async (cluster) => {
  const member = await cluster.join(`${cluster.server.url}?connections=4`);
  const work = Array.from({ length: 500 }, async (_, index) => {
    const channel = `room${index % 50}`;
    await member.broker.publish({ ...request, channel, history: KEEP_ALL });
    await member.broker.history(channel, { limit: 10 });
  });
  await Promise.all(work);
  const [count] = await cluster.server.query(
    "select count(*) from pg_stat_activity where application_name = 'thrum'",
  );
  assertEquals(count, "4");
});
