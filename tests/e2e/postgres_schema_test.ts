/** Versions of the program that meet the same schema of a PostgreSQL. */

import { assertEquals } from "@std/assert";
import { systemClock } from "../../lib/base/clock.ts";
import { createLog } from "../../lib/base/log.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { connectPostgres } from "../../lib/broker/postgres/connect.ts";
import { SCHEMA_VERSION } from "../../lib/broker/postgres/migrations.ts";
import { postgres } from "../../lib/mod.ts";
import { eventually } from "../support/eventually.ts";
import type { PostgresServer } from "../support/postgres_server.ts";
import { postgresTests, request } from "./postgres_cluster.ts";
import { PostgresSession } from "./postgres_session.ts";
import { START_MS } from "./redis_cluster.ts";

const test = await postgresTests();

/** Text of a function that another version of the program has. */
const OTHER = `
create or replace function thrum.new_id() returns text
language sql volatile as $$ select 'other' $$;
`;

/** Starts so many nodes at once, and ends them; returns what they reported. */
async function startAndClose(
  server: PostgresServer,
  count = 1,
): Promise<readonly unknown[]> {
  const errors: unknown[] = [];
  const links = Array.from(
    { length: count },
    () =>
      connectPostgres(server.url, {
        clock: systemClock,
        random: systemRandom,
        onError: (error) => errors.push(error),
      }),
  );
  for (const link of links) link.open();
  await eventually(() => links.every(({ ready }) => ready), {
    awaited: "all nodes",
    timeoutMs: START_MS,
  });
  for (const link of links) await link.close();
  return errors;
}

/** The functions, and the tables with their columns and indexes. */
function schemaOf(server: PostgresServer): Promise<string[]> {
  return server.query(`
    select pg_get_functiondef(oid) from pg_proc
      where pronamespace = 'thrum'::regnamespace order by 1;
    select table_name, column_name, data_type from information_schema.columns
      where table_schema = 'thrum' order by 1, 2;
    select indexdef from pg_indexes where schemaname = 'thrum' order by 1;
  `);
}

/** The transactions that have written the functions and the versions. */
function writersOf(server: PostgresServer): Promise<string[]> {
  return server.query(`
    select proname, xmin from pg_proc where pronamespace = 'thrum'::regnamespace order by 1;
    select version, xmin from thrum.migrations order by 1;
  `);
}

test("Nodes that start at once migrate the schema once, and none fails", async ({ server }) => {
  await server.query("drop schema if exists thrum cascade");
  assertEquals(await startAndClose(server, 4), []);
  const versions = await server.query("select version from thrum.migrations");
  assertEquals(versions.length, SCHEMA_VERSION);
});

test("A user with a schema, and without the right to create one, has the tables made in it", async (cluster) => {
  const { server } = cluster;
  await server.query(`
    drop schema if exists thrum cascade;
    create role hub login;
    create schema thrum authorization hub;
  `);
  const url = server.url.replace("postgres@", "hub@");
  const { broker } = await cluster.join(url);
  assertEquals((await broker.publish(request)).offset, 1);
  await broker.close();
  await server.query("drop schema thrum cascade; drop role hub");
});

test("Tables and functions of an earlier version become those of a new database, and a second start changes nothing", async ({ server }) => {
  await server.query("drop schema if exists thrum cascade");
  await startAndClose(server);
  const expected = await schemaOf(server);
  // As the first version made them.
  await server.query(`
    ${OTHER}
    delete from thrum.migrations where version > 1;
    alter table thrum.migrations drop column functions;
    alter table thrum.channels drop column version, drop column version_epoch;
    drop index thrum.publications_transient;
    create index publications_transient
      on thrum.publications (xid) where "offset" = 0;
    alter function thrum.publish security invoker reset all;
    drop function thrum.sweep, thrum.sweep_histories, thrum.sweep_channels;
    create function thrum.sweep(most integer) returns integer language sql as 'select 0';
    create function thrum.sweep_histories(over xid8, most integer) returns integer
      language sql as 'select 0';
    create function thrum.sweep_channels(most integer) returns integer
      language sql as 'select 0';
  `);
  assertEquals(await startAndClose(server, 4), []);
  assertEquals(await schemaOf(server), expected);
  const writers = await writersOf(server);
  assertEquals(await startAndClose(server, 2), []);
  assertEquals(await writersOf(server), writers);
});

test("Functions of the same version with another text are made again", async ({ server }) => {
  await startAndClose(server);
  const expected = await schemaOf(server);
  await server.query(`
    ${OTHER}
    update thrum.migrations set functions = 'other' where version = ${SCHEMA_VERSION};
  `);
  await startAndClose(server);
  assertEquals(await schemaOf(server), expected);
});

test("A node that waits while a newer one migrates leaves the functions as they are then", async ({ server }) => {
  await startAndClose(server);
  await server.query("update thrum.migrations set functions = 'earlier'");
  await using newer = await PostgresSession.open(server);
  await newer.run("begin");
  await newer.run("select pg_advisory_xact_lock(7234202612900)");
  const started = startAndClose(server);
  const waiting =
    "select 1 from pg_locks where locktype = 'advisory' and not granted";
  await eventually(async () => (await server.query(waiting)).length > 0, {
    awaited: "a node that waits",
  });
  await newer.run(OTHER.replaceAll("\n", " "));
  await newer.run(
    `insert into thrum.migrations (version, functions) values (${
      SCHEMA_VERSION + 1
    }, 'other')`,
  );
  await newer.run("commit");
  assertEquals(await started, []);
  assertEquals(await server.query("select thrum.new_id()"), ["other"]);
  await server.query("drop schema thrum cascade");
});

test("The schema of a newer version is used as it is, and one line of the log says so", async ({ server }) => {
  await startAndClose(server);
  const newer = SCHEMA_VERSION + 1;
  await server.query(`
    ${OTHER}
    insert into thrum.migrations (version, functions) values (${newer}, 'other');
  `);
  const before = [await schemaOf(server), await writersOf(server)];
  const lines: Record<string, unknown>[] = [];
  const log = createLog({
    level: "info",
    clock: systemClock,
    write: (_, line) => lines.push(JSON.parse(line)),
  });
  const { broker } = postgres(server.url).open({
    clock: systemClock,
    random: systemRandom,
    log,
  });
  broker.start({ deliver: () => true, answer: () => {}, checkPositions() {} });
  const events = () => lines.map(({ event }) => event);
  const readyTimes = (count: number) =>
    eventually(
      () =>
        events().filter((each) => each === "postgres_ready").length >= count,
      { awaited: "the broker", timeoutMs: START_MS },
    );
  try {
    await readyTimes(1);
    assertEquals((await broker.publish(request)).epoch, "other");
    // After a loss, too.
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thrum'",
    );
    await readyTimes(2);
    assertEquals([await schemaOf(server), await writersOf(server)], before);
  } finally {
    await broker.close();
    await server.query("drop schema thrum cascade");
  }
  const found = lines.filter(({ event }) => event === "postgres_newer");
  assertEquals(
    found.map(({ found, known }) => [found, known]),
    [[newer, SCHEMA_VERSION]],
  );
});
