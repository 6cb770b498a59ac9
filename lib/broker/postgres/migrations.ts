/** Migrations of the schema: each takes it from one version to the next. */

import type { PostgresConnection } from "./connection.ts";
import { PRESENCE_FUNCTIONS } from "./presence_functions.ts";
import {
  APPLICATION_FUNCTIONS,
  LIFE_FUNCTIONS,
  PUBLISH_FUNCTIONS,
} from "./publish_functions.ts";
import { NODE_FUNCTIONS, STREAM_FUNCTIONS } from "./read_functions.ts";
import { SWEEP_FUNCTIONS } from "./sweep_functions.ts";
import { TABLES } from "./tables.ts";

/** Number of the advisory lock of the node that migrates. */
const MIGRATION_LOCK = 7_234_202_612_900;

/**
 * The migrations, the oldest first. Nodes of the version before run on while a new one
 * migrates, so a migration keeps the functions that they call.
 */
const MIGRATIONS: readonly string[] = [
  [
    "create schema thrum; create table thrum.migrations (version integer primary key, at timestamptz not null default clock_timestamp());",
    TABLES,
    LIFE_FUNCTIONS,
    PUBLISH_FUNCTIONS,
    APPLICATION_FUNCTIONS,
    STREAM_FUNCTIONS,
    NODE_FUNCTIONS,
    PRESENCE_FUNCTIONS,
    SWEEP_FUNCTIONS,
  ].join("\n"),
];

/**
 * Brings the schema to the newest version. One node does so at a time; where there is
 * nothing to do, it needs no permission for it.
 */
export async function migrate(connection: PostgresConnection): Promise<void> {
  if (await versionOf(connection) >= MIGRATIONS.length) return;
  // An error ends the connection, and so the transaction.
  await connection.run("begin");
  await connection.run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  const version = await versionOf(connection);
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    await connection.run(migration);
    await connection.run(
      `insert into thrum.migrations (version) values (${index + 1})`,
    );
  }
  await connection.run("commit");
}

async function versionOf(connection: PostgresConnection): Promise<number> {
  // Read as a table: a look-up of the name may not see what another node has just committed.
  const [table] = await connection.run(
    `select 1 from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname || '.' || c.relname = 'thrum.migrations'`,
  );
  if (table === undefined) return 0;
  const [[version] = []] = await connection.run(
    "select coalesce(max(version), 0) from thrum.migrations",
  );
  return Number(version);
}
