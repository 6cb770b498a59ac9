/** An application publishes in SQL, inside its own transactions. */

import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertLess,
  assertRejects,
} from "@std/assert";
import { offsetsOf, payloadsOf } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import type { PostgresServer } from "../support/postgres_server.ts";
import { postgresTests, request } from "./postgres_cluster.ts";
import { PostgresSession } from "./postgres_session.ts";

const test = await postgresTests();

/** Resolves once a transaction waits for another. */
async function somebodyWaits(server: PostgresServer): Promise<void> {
  const waiting =
    "select 1 from pg_locks where locktype = 'transactionid' and not granted";
  await eventually(async () => (await server.query(waiting)).length > 0, {
    awaited: "a transaction that waits",
  });
}

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

test("An application whose user has no right to a table publishes with that to the schema alone, whatever its search path", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const { server } = cluster;
  const publish = "select thrum.publish('room', '1')";
  const as = (sql: string) =>
    server.query(`set role app; set search_path = app; ${sql}`);
  await server.query(`
      create role app;
      create schema app authorization app;
      create function app.cardinality(text[]) returns integer language sql as 'select 0';
    `);
  try {
    await assertRejects(() => as(publish), Error, "permission denied");
    await server.query("grant usage on schema thrum to app");
    await as(publish);
    for (const table of ["channels", "publications"]) {
      const read = `select 1 from thrum.${table}`;
      await assertRejects(() => as(read), Error, "permission denied");
    }
    assertEquals((await member!.settled("room")).length, 1);
  } finally {
    await server.query(
      "drop schema app cascade; drop owned by app; drop role app",
    );
  }
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

test("The key of a version that was not newer counts for an application, too", async (cluster) => {
  const [member] = await cluster.joinRoom(1);
  const publish = (number: number, idempotencyKey?: string) => {
    const version = { number, epoch: "" };
    return member!.broker.publish({ ...request, version, idempotencyKey });
  };
  await publish(5);
  assertEquals((await publish(1, "k")).offset, 1);
  await publish(6);
  const sql =
    `select "offset" from thrum.publish('room', '1', idempotency_key => 'k')`;
  assertEquals(await cluster.server.query(sql), ["1"]);
  assertEquals(await member!.kept("room"), [1, 2]);
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

test("Two transactions that begin a channel at once both publish to it", async (cluster) => {
  const { server } = cluster;
  await cluster.join();
  await using first = await PostgresSession.open(server);
  await using second = await PostgresSession.open(server);
  await first.run("begin");
  await first.run(`select thrum.publish('room', '1')`);
  const waiting = second.run(`select thrum.publish('room', '2')`);
  await somebodyWaits(server);
  await first.run("commit");
  await waiting;
  assertEquals(
    await server.query(
      `select "offset", data from thrum.publications order by id`,
    ),
    ["1|1", "2|2"],
  );
});

test("A channel that a transaction begins delays what is published to that alone, and loses nothing of it", async (cluster) => {
  const member = await cluster.join();
  const { broker } = member;
  await using session = await PostgresSession.open(cluster.server);
  await session.run("begin");
  await session.run(`select thrum.publish('z', '"first"')`);
  const publish = (channel: string) => broker.publish({ ...request, channel });
  const waiting = publish("z");
  const from = performance.now();
  // A new one of the same turn, and those of later turns.
  assertEquals((await publish("a")).offset, 1);
  assertEquals((await publish("a")).offset, 2);
  const positions = [broker.position("z"), broker.position("a")] as const;
  assertEquals((await positions[1]).offset, 2);
  // What waits for the transaction does so until its time-out, after seconds.
  assertLess(performance.now() - from, 2_500);
  // Whoever waits holds nothing that the transaction needs.
  await session.run(`select thrum.publish('a', '1')`);
  await session.run("commit");
  assertEquals((await waiting).offset, 2);
  assertGreaterOrEqual((await positions[0]).offset, 1);
  assertEquals(await member.kept("z"), [1, 2]);
});

test("Nodes and applications that begin the same channels at once lose no publication", async (cluster) => {
  const members = [await cluster.join(), await cluster.join()];
  const names = Array.from({ length: 40 }, (_, index) => `room${index}`);
  const application = cluster.server.query(`
    do $$ begin
      for i in 0..39 loop perform thrum.publish('room' || i, '1'); commit; end loop;
    end $$`);
  for (const channel of names) {
    await Promise.all(members.map(async ({ broker }) => {
      const { offset } = await broker.publish({ ...request, channel });
      assertGreaterOrEqual(offset, 1);
    }));
  }
  await application;
  assertEquals(
    await cluster.server.query(
      "select count(*), min(top), max(top) from thrum.channels",
    ),
    ["40|3|3"],
  );
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
