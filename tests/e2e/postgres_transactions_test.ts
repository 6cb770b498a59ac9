/** An application publishes in SQL, inside its own transactions. */

import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { offsetsOf, payloadsOf } from "../conformance/broker_scene.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { eventually } from "../support/eventually.ts";
import { postgresTests, request } from "./postgres_cluster.ts";
import { START_MS } from "./redis_cluster.ts";
import { PostgresSession } from "./postgres_session.ts";

const test = await postgresTests();

test("What an application rolls back is never delivered, and what it commits once", async (cluster) => {
  const members = await cluster.joinRoom(2);
  const { server } = cluster;
  await server.query(`
      begin;
      create table orders (id integer);
      insert into orders values (1);
      select thrum.publish('room', '{"order": 1}');
      rollback;
    `);
  const rows = await server.query(`
      begin;
      create table orders (id integer);
      insert into orders values (2);
      select * from thrum.publish('room', '{"order": 2}', tags => '{"kind": "order"}');
      commit;
    `);
  const { epoch } = await members[0]!.broker.position("room");
  assertEquals(rows, [`1|${epoch}`]);
  for (const member of members) {
    const [publication, ...rest] = await member.settled("room");
    assertEquals(rest, []);
    assertEquals(publication?.payload, { json: '{"order": 2}' });
    assertEquals(publication?.tags, { kind: "order" });
    assertEquals(publication?.offset, 1);
    assertEquals(await member.kept("room"), [1]);
  }
  assertEquals(await server.query("select id from orders"), ["2"]);
  await server.query("drop table orders");
});

test("A key of an application publishes once, also beside the nodes", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const sql =
    `select "offset" from thrum.publish('room', '1', idempotency_key => 'k')`;
  assertEquals(await cluster.server.query(sql), ["1"]);
  assertEquals(await cluster.server.query(sql), ["1"]);
  const keyed = { ...request, idempotencyKey: "k" };
  assertEquals((await member!.broker.publish(keyed)).offset, 1);
  assertEquals((await member!.settled("room")).length, 1);
  // The key counts for five minutes.
  await cluster.server.query(
    "update thrum.publications set at = at - interval '301 s'",
  );
  assertEquals((await member!.broker.publish(keyed)).offset, 2);
});

test("A transaction that takes long delays the publications of its own channels alone, and is delivered when it commits", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const { broker } = member!;
  await broker.subscribe("other");
  await broker.publish(request);
  await using session = await PostgresSession.open(cluster.server);
  await session.run("begin");
  await session.run(`select thrum.publish('room', '"late"')`);
  const waiting = Promise.all(
    ["a", "b"].map((payload) => broker.publish({ ...request, payload })),
  );
  const others = Array.from({ length: 10 }, async (_, index) => {
    const from = performance.now();
    const payload = `${index}`;
    await broker.publish({ ...request, channel: "other", payload });
    return performance.now() - from;
  });
  for (const ms of await Promise.all(others)) assertLess(ms, 1_000);
  assertEquals((await member!.receives(10, "other")).length, 10);
  assertEquals(payloadsOf(member!.of("room")), ["x"]);
  await session.run("commit");
  assertEquals((await waiting).map(({ offset }) => offset), [3, 4]);
  const seen = await member!.receives(4, "room");
  assertEquals(offsetsOf(seen), [1, 2, 3, 4]);
  assertEquals(payloadsOf(seen), ["x", { json: '"late"' }, "a", "b"]);
  assertEquals(member!.checks, 0);
});

test("A channel that a transaction does not let go refuses publications within seconds, and takes them afterwards", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const { broker } = member!;
  await using session = await PostgresSession.open(cluster.server);
  await session.run("begin");
  await session.run(`select thrum.publish('room', '1')`);
  const from = performance.now();
  await assertRejects(async () => await broker.publish(request), Error);
  assertLess(performance.now() - from, 6_000);
  assert(broker.ready);
  await session.run("rollback");
  assertEquals((await broker.publish(request)).offset, 1);
  assertEquals(payloadsOf(await member!.settled("room")), ["x"]);
});

test("An application that publishes what is invalid gets an error that says so", async (cluster) => {
  await cluster.join();
  for (
    const call of [
      `thrum.publish('', '1')`,
      `thrum.publish(e'a\\tb', '1')`,
      `thrum.publish(repeat('x', 256), '1')`,
      `thrum.publish('room', null)`,
      `thrum.publish('room', '1', tags => '[]')`,
      `thrum.publish('room', '1', tags => '{"a": 1}')`,
    ]
  ) {
    await assertRejects(
      () => cluster.server.query(`select ${call}`),
      Error,
      "Cannot publish to",
    );
  }
});

test("One node sweeps: histories keep what they should, and nothing that is still read is removed", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const { broker } = member!;
  const { server } = cluster;
  const history = { size: 3, ttlMs: 3_600_000 };
  const sweep = () =>
    server.query("select thrum.sweep(1000, 0), thrum.sweep(1000, null)");
  const offsets = () =>
    server.query(
      `select string_agg("offset"::text, ' ' order by id) from thrum.publications`,
    );
  for (let times = 0; times < 5; times++) {
    await broker.publish({ ...request, history });
  }
  await broker.publish({ channel: "room", payload: "", type: "join" });
  await sweep();
  // Nodes may not have read them yet.
  assertEquals(await offsets(), ["1 2 3 4 5 0"]);
  await server.query("update thrum.marks set at = at - interval '2 min'");
  await sweep();
  assertEquals(await offsets(), ["3 4 5"]);
  assertEquals(await member!.kept("room"), [3, 4, 5]);
  await server.query(
    "update thrum.channels set expires_at = clock_timestamp()",
  );
  await sweep();
  assertEquals(await offsets(), []);
  assertEquals((await broker.position("room")).offset, 5);
  await broker.unsubscribe("room");
  await server.query(
    "update thrum.channels set used_at = used_at - interval '25 h'",
  );
  await sweep();
  assertEquals(
    await server.query(
      "select count(*) from thrum.channels where name = 'room'",
    ),
    ["0"],
  );
});

test("Hubs with schemas of their own share nothing in a database", async (cluster) => {
  const [first] = await cluster.joinRoom(1);
  const second = await cluster.join(undefined, undefined, "demos");
  await second.broker.subscribe("room");
  await second.broker.publish({ ...request, payload: "y" });
  await first!.broker.publish(request);
  assertEquals(payloadsOf(await second.settled("room")), ["y"]);
  assertEquals(payloadsOf(await first!.settled("room")), ["x"]);
});

test("Nodes that start at once migrate the schema once, and none fails", async ({ server }) => {
  await server.query("drop schema if exists thrum cascade");
  const errors: unknown[] = [];
  const links = [1, 2, 3, 4].map(() =>
    connectPostgres(server.url, {
      clock: systemClock,
      random: systemRandom,
      onError: (error) => errors.push(error),
    })
  );
  for (const link of links) link.open();
  await eventually(() => links.every(({ ready }) => ready), {
    awaited: "all nodes",
    timeoutMs: START_MS,
  });
  for (const link of links) await link.close();
  assertEquals(errors, []);
  const versions = await server.query("select version from thrum.migrations");
  assertEquals(versions, ["1"]);
});
