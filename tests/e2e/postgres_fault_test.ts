/** PostgreSQL with the faults of every broker, and what only PostgreSQL does. */

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { KEEP_ALL, payloadsOf } from "../conformance/broker_scene.ts";
import { testFaults } from "../conformance/faults.ts";
import { requireBroker } from "../support/shared_broker.ts";
import { TcpProxy } from "../support/tcp_proxy.ts";
import { postgresTests, problemOf, request } from "./postgres_cluster.ts";
import { isAway, isReady } from "./redis_cluster.ts";

testFaults(requireBroker("PostgreSQL"));

const test = await postgresTests({ durable: true });
/** PostgreSQL reads its log again after a start. */
const RECOVERY = { timeoutMs: 20_000 };

test("A restart of PostgreSQL in peace keeps the epochs, and nodes read what they have missed", async (cluster) => {
  await using proxy = new TcpProxy(cluster.server.url);
  const publisher = await cluster.join();
  const member = await cluster.join(proxy.targetUrl);
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

test("A publication that PostgreSQL refuses does not take others of its turn with it", async (cluster) => {
  const { broker } = await cluster.join();
  const version = { number: 2 ** 70, epoch: "" };
  const [refused, other] = await Promise.allSettled([
    broker.publish({ ...request, version }),
    broker.publish({ ...request, channel: "other" }),
  ]);
  assertEquals(refused.status, "rejected");
  assertEquals(other.status, "fulfilled");
});

test("A database that is not UTF8 is never used, and the problem says so", async ({ server }) => {
  await server.query(
    "create database latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'",
  );
  const problem = await problemOf(server.urlOf("latin"));
  assertStringIncludes(problem, "server_encoding is LATIN1, but must be UTF8");
});

test("A database whose arrays have no nulls keeps what is published; behind a pooler it is never used", async (cluster) => {
  const { server } = cluster;
  await server.query("create database nulls");
  await server.query("alter database nulls set array_nulls = off");
  const member = await cluster.join(server.urlOf("nulls"));
  assertEquals((await member.broker.publish(request)).offset, 1);
  assertEquals(await member.kept("room"), [1]);
  const problem = await problemOf(`${server.urlOf("nulls")}?pooler=true`);
  assertStringIncludes(problem, "array_nulls is off, but must be on");
});

test("An answer of PostgreSQL without a position, or with a conflict that nobody asked about, is no success", async (cluster) => {
  const { broker } = await cluster.join(undefined, undefined, "lossy");
  const answerWith = (row: string) =>
    cluster.server.query(`
      drop function lossy.publish_entries;
      create function lossy.publish_entries(
        text, text[], integer[], text[], text[], text[],
        text[], text[], integer[], bigint[], text[], text[]
      ) returns table (place integer, epoch text, offsets text, receivers integer)
      language sql as $$ ${row} $$;
    `);
  const refuses = () =>
    assertRejects(async () => await broker.publish(request), SyntaxError);
  await answerWith("select 1, '', '0', 0 where false");
  await refuses();
  const fleeting = await broker.publish({ channel: "room", payload: "x" });
  assertEquals(fleeting.offset, 0);
  await answerWith("select 1, 'epoch', '!5', 0");
  await refuses();
});
