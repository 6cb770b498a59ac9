/** Migrations of the schema: each takes it from one version to the next. */

import { hash64 } from "../../base/hash.ts";
import type { PostgresConnection } from "./connection.ts";
import { PRESENCE_FUNCTIONS } from "./presence_functions.ts";
import {
  APPLICATION_FUNCTIONS,
  LIFE_FUNCTIONS,
  PUBLISH_FUNCTIONS,
} from "./publish_functions.ts";
import { NODE_FUNCTIONS, STREAM_FUNCTIONS } from "./read_functions.ts";
import { SWEEP_FUNCTIONS } from "./sweep_functions.ts";
import { EARLY_TABLES, TABLES } from "./tables.ts";

/** Number of the advisory lock of the node that migrates. */
const MIGRATION_LOCK = 7_234_202_612_900;

/**
 * Migrations of the tables, the oldest first. None is edited once it was released; what
 * changes comes as another one, and is empty if it is the functions alone. Nodes of the
 * version before run on while a new one migrates, so a migration keeps the functions
 * that they call.
 */
export const MIGRATIONS: readonly string[] = [
  `do $$ begin
  -- With a right to the schema alone, not even "if not exists" is allowed.
  if to_regnamespace('thrum') is null then create schema thrum; end if;
end $$;
create table thrum.migrations (version integer primary key, at timestamptz not null default clock_timestamp());
${TABLES}`,
  "",
  `alter table thrum.migrations add column functions text;
${EARLY_TABLES}`,
  "",
];

/** The functions, which are made again whenever their text is another one. */
export const FUNCTIONS: string = [
  LIFE_FUNCTIONS,
  PUBLISH_FUNCTIONS,
  APPLICATION_FUNCTIONS,
  STREAM_FUNCTIONS,
  NODE_FUNCTIONS,
  PRESENCE_FUNCTIONS,
  SWEEP_FUNCTIONS,
].join("\n");

/** Newest version of the schema that this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Version of a schema, and the hash of its functions. */
interface SchemaState {
  readonly version: number;
  readonly functions: string | undefined;
}

/**
 * Brings the schema to the newest version, and returns the version that it has then. A
 * schema that a newer program has made stays as it is. One node migrates at a time; where
 * there is nothing to do, it needs no permission for it.
 */
export async function migrate(connection: PostgresConnection): Promise<number> {
  const functions = hash64(FUNCTIONS);
  const isDone = (found: SchemaState) =>
    found.version > SCHEMA_VERSION ||
    (found.version === SCHEMA_VERSION && found.functions === functions);
  const before = await stateOf(connection);
  if (isDone(before)) return before.version;
  // An error ends the connection, and so the transaction.
  await connection.run("begin");
  await connection.run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  const found = await stateOf(connection);
  if (!isDone(found)) await change(connection, found, functions);
  await connection.run("commit");
  return Math.max(found.version, SCHEMA_VERSION);
}

async function change(
  connection: PostgresConnection,
  { version }: SchemaState,
  functions: string,
): Promise<void> {
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    if (migration !== "") await connection.run(migration);
    await connection.run(
      `insert into thrum.migrations (version) values (${index + 1})`,
    );
  }
  await connection.run(FUNCTIONS);
  await connection.run(
    "update thrum.migrations set functions = $1::text where version = $2::int",
    [functions, SCHEMA_VERSION],
  );
}

async function stateOf(connection: PostgresConnection): Promise<SchemaState> {
  // Read as a table: a look-up of the name may not see what another node has just committed.
  const [table] = await connection.run(
    `select 1 from pg_catalog.pg_class c
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname || '.' || c.relname = 'thrum.migrations'`,
  );
  if (table === undefined) return { version: 0, functions: undefined };
  // The first two versions have no such column.
  const [[version, functions] = []] = await connection.run(
    `select version, to_jsonb(m) ->> 'functions' from thrum.migrations m
     order by version desc limit 1`,
  );
  return {
    version: Number(version ?? 0),
    functions: typeof functions === "string" ? functions : undefined,
  };
}
