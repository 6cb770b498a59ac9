/** Settings of a database without which publications would be refused, or lost. */

import type { PostgresConnection } from "./connection.ts";

/** Values that settings need, and how they get them. A session behind a pooler has those of the database. */
const NEEDED: ReadonlyMap<unknown, readonly [value: string, remedy: string]> =
  new Map([
    ["server_encoding", ["UTF8", "create a database with the encoding UTF8"]],
    ["array_nulls", ["on", "alter database … set array_nulls = on"]],
  ]);

/**
 * Examines the database of a connection.
 *
 * @throws {Error} If a setting has another value than it needs.
 */
export async function examine(connection: PostgresConnection): Promise<void> {
  const rows = await connection.run(
    `select name, setting from pg_catalog.pg_settings
     where name in ('server_encoding', 'array_nulls')`,
  );
  for (const [name, setting] of rows) {
    const [value, remedy] = NEEDED.get(name) ?? [];
    if (setting === value) continue;
    throw new Error(
      `Cannot use the database: ${name} is ${setting}, but must be ${value} (${remedy})`,
    );
  }
}
