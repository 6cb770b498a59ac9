/** Table of an outbox: its statements, and its rows as records. */

import { isRecord } from "../base/record.ts";
import type { Row } from "../broker/postgres/client.ts";
import type { SourceRecord } from "./types.ts";

/** Statements that make the table, and notify its readers of new rows. */
export function statementsOf(table: string): readonly string[] {
  return [
    `create table if not exists ${table} (
       id bigint generated always as identity primary key,
       uid uuid not null default gen_random_uuid(),
       channel text not null,
       data text,
       idempotency_key text,
       tags jsonb check (jsonb_typeof(tags) = 'object')
     )`,
    `create or replace function ${table}_notify() returns trigger
       language plpgsql as $$
       begin perform pg_notify('${topicOf(table)}', ''); return null; end $$`,
    `create or replace trigger notify after insert on ${table}
       for each statement execute function ${table}_notify()`,
  ];
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
  const found: unknown = JSON.parse(tags ?? "{}") ?? {};
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

/** A tag's value: a text as it is, anything else as JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
