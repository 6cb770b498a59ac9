/** A table of PostgreSQL as source: an outbox, into which an application writes within its own transactions. */

import { type Clock, systemClock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import type { BridgeSource, SourceRecord, TakeRecords } from "./types.ts";

/** Row of an outbox. */
interface OutboxRow {
  readonly id: string;
  readonly uid: string;
  readonly channel: string;
  readonly data: string | null;
  readonly idempotency_key: string | null;
  readonly tags: string | null;
}

/** A transaction, as far as it is used here. */
export interface OutboxTransaction {
  /** Runs one statement, with `$1` and so on for the parameters; resolves with its rows. */
  unsafe(
    statement: string,
    // deno-lint-ignore no-explicit-any -- the package has a type of its own for them
    parameters?: any[],
  ): PromiseLike<readonly unknown[]>;
}

/** A client of PostgreSQL: `postgres(url)` of the package `postgres`. */
export interface OutboxClient extends OutboxTransaction {
  /** Runs a transaction on one connection; it is rolled back if `work` rejects. */
  begin<T>(
    work: (transaction: OutboxTransaction) => Promise<T>,
  ): Promise<unknown>;
  /** Calls back with each notification of a channel, and once it listens. */
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onListening?: () => void,
  ): Promise<{ unlisten(): Promise<void> }>;
}

/** Options of {@linkcode postgresOutbox}. */
export interface OutboxOptions {
  /**
   * Name of the table, with its schema if it is not the first one. It is made where it
   * is missing.
   * @default {"thrum_outbox"}
   */
  readonly table?: string;
  /**
   * Milliseconds between two looks at the table. A notification of PostgreSQL asks for
   * one at once; without it, as behind some poolers, rows wait for so long.
   * @default {1_000}
   */
  readonly pollMs?: number;
  /**
   * Source of time.
   * @default {the machine's}
   */
  readonly clock?: Clock;
}

/** Rows that are published in one transaction. */
const BATCH = 256;

/** Letters of a name that needs no quotation marks. */
const NAME = /^[a-z_][a-z0-9_]{0,50}(\.[a-z_][a-z0-9_]{0,50})?$/;

/**
 * A table as a source. An application inserts a row in its own transaction: what is
 * rolled back is never published, what is committed is published at least once, in the
 * order of the ids, and deleted then. One node at a time reads it, for its order.
 *
 * @example
 * ```ts ignore
 * import postgres from "postgres";
 *
 * const sql = postgres("postgres://localhost/app");
 * const hub = createHub({
 *   access: "anonymous",
 *   bridge: {
 *     sources: [{ from: postgresOutbox(sql), channel: "{key}" }],
 *   },
 * });
 * await sql`insert into thrum_outbox (channel, data) values ('news', '{"n":1}')`;
 * ```
 *
 * @throws {TypeError} If the table's name needs quotation marks.
 */
export function postgresOutbox(
  sql: OutboxClient,
  options: OutboxOptions = {},
): BridgeSource {
  const { table = "thrum_outbox" } = options;
  if (!NAME.test(table)) {
    throw new TypeError(
      `Cannot use the outbox "${table}": expected a name of lower-case letters, digits and _, with its schema or without`,
    );
  }
  const outbox = new Outbox(sql, table, options);
  return {
    name: `postgres ${table}`,
    run: (take, signal) => outbox.run(take, signal),
  };
}

/** Statements that make the table, and notify its readers of new rows. */
function statementsOf(table: string): readonly string[] {
  return [
    `create table if not exists ${table} (
       id bigint generated always as identity primary key,
       uid uuid not null default gen_random_uuid(),
       channel text not null,
       data text,
       idempotency_key text,
       tags jsonb
     )`,
    `create or replace function ${table}_notify() returns trigger
       language plpgsql as $$
       begin perform pg_notify('${topicOf(table)}', ''); return null; end $$`,
    `create or replace trigger notify after insert on ${table}
       for each statement execute function ${table}_notify()`,
  ];
}

/** Channel of the notifications. */
function topicOf(table: string): string {
  return table.replace(".", "_");
}

/** One outbox, while its source runs. */
class Outbox {
  readonly #sql: OutboxClient;
  readonly #table: string;
  readonly #pollMs: number;
  readonly #clock: Clock;

  constructor(sql: OutboxClient, table: string, options: OutboxOptions) {
    const { pollMs = 1_000, clock = systemClock } = options;
    this.#sql = sql;
    this.#table = table;
    this.#pollMs = pollMs;
    this.#clock = clock;
  }

  async run(take: TakeRecords, signal: AbortSignal): Promise<void> {
    await this.#sql.begin((transaction) => this.#setUp(transaction));
    let pause = deferred();
    const end = () => pause.resolve();
    signal.addEventListener("abort", end);
    const { unlisten } = await this.#sql.listen(topicOf(this.#table), end, end);
    try {
      while (!signal.aborted) {
        // What is inserted from now on ends the pause before it begins.
        pause = deferred();
        if (await this.#publish(take) === BATCH) continue;
        const stop = this.#clock.after(this.#pollMs, end);
        if (!signal.aborted) await pause.promise;
        stop();
      }
    } finally {
      signal.removeEventListener("abort", end);
      await unlisten();
    }
  }

  /** Makes what is missing, one node after the other. A user who may not make tables can use one that is there. */
  async #setUp(transaction: OutboxTransaction): Promise<void> {
    const table = this.#table;
    const lock = `select pg_advisory_xact_lock(hashtext('${table}'))`;
    await transaction.unsafe(lock);
    const found = `select 1 where to_regclass('${table}') is not null`;
    if ((await transaction.unsafe(found)).length > 0) return;
    for (const statement of statementsOf(table)) {
      await transaction.unsafe(statement);
    }
  }

  /** Publishes the oldest rows and deletes them; returns their number, 0 while another node does so. */
  async #publish(take: TakeRecords): Promise<number> {
    const table = this.#table;
    let count = 0;
    await this.#sql.begin(async (transaction) => {
      const lock =
        `select 1 where pg_try_advisory_xact_lock(hashtext('${table}'))`;
      if ((await transaction.unsafe(lock)).length === 0) return;
      const rows = await transaction.unsafe(
        `select id::text, uid::text, channel, data, idempotency_key, tags::text from ${table} as rows order by rows.id limit ${BATCH}`,
      ) as readonly OutboxRow[];
      count = rows.length;
      if (count === 0) return;
      await take(rows.map((row) => toRecord(row, table)));
      const ids = `{${rows.map(({ id }) => id).join(",")}}`;
      const remove = `delete from ${table} where id = any($1::bigint[])`;
      await transaction.unsafe(remove, [ids]);
    });
    return count;
  }
}

const encoder = new TextEncoder();

function toRecord(
  { uid, channel, data, idempotency_key: key, tags }: OutboxRow,
  table: string,
): SourceRecord {
  const entries = Object.entries(JSON.parse(tags ?? "{}") ?? {})
    .map(([name, value]) => [`tag-${name}`, String(value)] as const);
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
  };
}
