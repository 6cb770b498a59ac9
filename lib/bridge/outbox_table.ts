/** Table of an outbox: its statements, and its rows as records. */

import { isRecord } from "../base/record.ts";
import type { Row } from "../broker/postgres/client.ts";
import type { SourceRecord } from "./types.ts";

/** Longest names of PostgreSQL, and so of a table with its schema: they are a topic of its notifications, too. */
const MAX_NAME = 63;
const NAME = /^[a-z_][a-z0-9_]{0,50}(\.[a-z_][a-z0-9_]{0,50})?$/;

/** Checks a table's name, with its schema or without: small letters, digits and _. */
export function isOutboxName(table: string): boolean {
  return NAME.test(table) && table.length <= MAX_NAME;
}

/** Rule of a table's name, for error messages. */
export const OUTBOX_NAME_RULE =
  `a name of lower-case letters, digits and _, with its schema or without, of at most ${MAX_NAME} characters`;

/** The name in statements, where it may be a word of SQL. */
export function quoted(table: string): string {
  return table.split(".").map((part) => `"${part}"`).join(".");
}

/** Statements that make the table, and notify its readers of new rows. */
export function statementsOf(table: string): readonly string[] {
  const name = quoted(table);
  const notify = quoted(`${table}_notify`);
  return [
    `create table if not exists ${name} (
       id bigint generated always as identity primary key,
       uid uuid not null default gen_random_uuid(),
       channel text not null,
       data text,
       idempotency_key text,
       tags jsonb check (jsonb_typeof(tags) = 'object')
     )`,
    `create or replace function ${notify}() returns trigger
       language plpgsql as $$
       begin perform pg_notify('${topicOf(table)}', ''); return null; end $$`,
    `create or replace trigger notify after insert on ${name}
       for each statement execute function ${notify}()`,
  ];
}

/** Statement that deletes the rows with certain ids, the table being quoted; it returns a row for each. */
export function deletionOf(table: string): string {
  return `delete from ${table} where id = any($1::bigint[]) returning 1`;
}

/** Channel of the notifications. */
export function topicOf(table: string): string {
  return table.replace(".", "_");
}

/** Columns that a table may lack, as one that an application has made itself. */
const OPTIONAL = ["uid", "idempotency_key", "tags"];

/** List of what a statement reads of a row, for a table with these columns. */
export function columnsOf(names: readonly string[]): string {
  const [uid, key, tags] = OPTIONAL.map((name) =>
    names.includes(name) ? `rows.${name}::text` : "null::text"
  );
  // Without a column of its own, the number of its transaction tells a row from an earlier one.
  const place = "current_database() || '/' || rows.id || '/' || rows.xmin";
  return [
    "rows.id::text as id",
    `coalesce(${uid}, ${place}) as uid`,
    "rows.channel::text as channel",
    "rows.data::text as data",
    `${key} as idempotency_key`,
    `${tags} as tags`,
  ].join(", ");
}

const encoder = new TextEncoder();

/** Makes a record of a row, whose values are those of {@linkcode columnsOf}. */
export function toRecord(row: Row, table: string): SourceRecord {
  const [, uid, channel, data, key, tags] = row.map((value) =>
    value === null ? undefined : String(value)
  );
  const found = parse(tags ?? "{}");
  const isObject = isRecord(found);
  const entries = Object.entries(isObject ? found : {})
    .map(([name, value]) => [`tag-${name}`, textOf(value)] as const);
  return {
    topic: table,
    // An id comes again in another database, or after a truncate.
    id: `${table}/${uid}`,
    key: channel,
    value: data === undefined ? undefined : encoder.encode(data),
    headers: {
      ...Object.fromEntries(entries),
      ...key === undefined ? {} : { "idempotency-key": key },
    },
    ...isObject ? {} : { problem: `the tags are ${tags}: expected an object` },
  };
}

/** Parses tags, which are none where they are null; `undefined` if they are no JSON, as in a column of text. */
function parse(tags: string): unknown {
  try {
    return JSON.parse(tags) ?? {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** A tag's value: a text as it is, anything else as JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
