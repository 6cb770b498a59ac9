/** Table of an outbox: its statements, and its rows as records. */

import { isRecord } from "../base/record.ts";
import type { SourceRecord } from "./types.ts";

/** Row of an outbox. */
export interface OutboxRow {
  readonly id: string;
  /** That which no row of another database or of an earlier table has. */
  readonly uid: string;
  readonly channel: string;
  readonly data: string | null;
  readonly idempotency_key: string | null;
  readonly tags: string | null;
}

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
    "rows.channel",
    "rows.data::text as data",
    `${key} as idempotency_key`,
    `${tags} as tags`,
  ].join(", ");
}

const encoder = new TextEncoder();

/** Makes a record of a row. */
export function toRecord(
  { uid, channel, data, idempotency_key: key, tags }: OutboxRow,
  table: string,
): SourceRecord {
  const found: unknown = JSON.parse(tags ?? "{}") ?? {};
  const isObject = isRecord(found);
  const entries = Object.entries(isObject ? found : {})
    .map(([name, value]) => [`tag-${name}`, textOf(value)] as const);
  return {
    topic: table,
    // An id comes again in another database, or after a truncate.
    id: `${table}/${uid}`,
    key: channel,
    value: data === null ? undefined : encoder.encode(data),
    headers: {
      ...Object.fromEntries(entries),
      ...key === null ? {} : { "idempotency-key": key },
    },
    ...isObject ? {} : { problem: `the tags are ${tags}: expected an object` },
  };
}

/** A tag's value: a text as it is, anything else as JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
