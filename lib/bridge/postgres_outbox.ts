/** A table of PostgreSQL as source: an outbox, into which an application writes within its own transactions. */

import { namesOf, requireKnown } from "../base/options.ts";
import { type Clock, systemClock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import { inTime } from "../base/in_time.ts";
import { requireNumbers } from "../limits/check_limits.ts";
import {
  columnsOf,
  type OutboxRow,
  statementsOf,
  topicOf,
  toRecord,
} from "./outbox_table.ts";
import type { BridgeSource, SourceRecord, TakeRecords } from "./types.ts";

/** A transaction, as far as it is used here. */
export interface OutboxTransaction {
  /** Runs one statement, with `$1` and so on for the parameters; resolves with its rows. */
  unsafe(
    statement: string,
    parameters?: unknown[],
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
   * Milliseconds for which rows are tried in one transaction. It holds a connection and
   * keeps PostgreSQL from cleaning up, so it ends while the hub's broker is away, and
   * another one begins after a pause, on any node.
   * @default {10_000}
   */
  readonly publishWithinMs?: number;
  /**
   * Source of time.
   * @default {the machine's}
   */
  readonly clock?: Clock;
}

const OUTBOX_OPTIONS = namesOf<OutboxOptions>({
  table: true,
  pollMs: true,
  publishWithinMs: true,
  clock: true,
});

/** Milliseconds for a transaction to begin, and for its statements. */
const ANSWER_WITHIN_MS = 5_000;

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
 * @throws {TypeError} If the table's name needs quotation marks, or an option does not exist or is of another type.
 * @throws {RangeError} If a number is out of its range.
 */
export function postgresOutbox(
  sql: OutboxClient,
  options: OutboxOptions = {},
): BridgeSource {
  requireKnown("read an outbox", options, OUTBOX_OPTIONS);
  const { table = "thrum_outbox", pollMs, publishWithinMs } = options;
  requireNumbers("read an outbox", { pollMs, publishWithinMs });
  if (!NAME.test(table)) {
    throw new TypeError(
      `Cannot use the outbox "${table}": expected a name of lower-case letters, digits and _, with its schema or without`,
    );
  }
  const outbox = new Outbox(sql, table, options);
  return {
    name: `postgres ${table}`,
    run: (take, signal, onError) => outbox.run(take, signal, onError),
  };
}

/** One outbox, while its source runs. */
class Outbox {
  readonly #sql: OutboxClient;
  readonly #table: string;
  readonly #pollMs: number;
  readonly #publishWithinMs: number;
  readonly #clock: Clock;

  constructor(sql: OutboxClient, table: string, options: OutboxOptions) {
    const { pollMs = 1_000, publishWithinMs = 10_000 } = options;
    this.#sql = sql;
    this.#table = table;
    this.#pollMs = pollMs;
    this.#publishWithinMs = publishWithinMs;
    this.#clock = options.clock ?? systemClock;
  }

  async run(
    take: TakeRecords,
    signal: AbortSignal,
    onError: (error: unknown) => void,
  ): Promise<void> {
    let columns = "";
    await this.#begin(async (transaction) => {
      columns = await this.#setUp(transaction);
    });
    let pause = deferred();
    const end = () => pause.resolve();
    signal.addEventListener("abort", end);
    // Not waited for: it has a connection of its own, which may come late, and looks need none.
    const listening = this.#sql.listen(topicOf(this.#table), end, end);
    listening.catch((error) => {
      if (!signal.aborted) onError(error);
    });
    try {
      while (!signal.aborted) {
        // What is inserted from now on ends the pause before it begins.
        pause = deferred();
        if (await this.#publish(columns, take) === BATCH) continue;
        const stop = this.#clock.after(this.#pollMs, end);
        if (!signal.aborted) await pause.promise;
        stop();
      }
    } finally {
      signal.removeEventListener("abort", end);
      const unlisten = listening.then(({ unlisten }) => unlisten());
      await inTime(unlisten, this.#clock);
    }
  }

  /** Runs a transaction; rejects if it does not begin, or end, in time, for the client may wait for ever. */
  async #begin(
    work: (transaction: OutboxTransaction) => Promise<void>,
  ): Promise<void> {
    const late = deferred();
    const limit = (withinMs: number) =>
      this.#clock.after(withinMs, () => {
        const message = `PostgreSQL did not answer within ${withinMs} ms`;
        late.reject(new Error(message));
      });
    let isOver = false;
    let stop = limit(ANSWER_WITHIN_MS);
    const begun = this.#sql.begin((transaction) => {
      if (isOver) throw new Error("the transaction has begun too late");
      stop();
      stop = limit(this.#publishWithinMs + ANSWER_WITHIN_MS);
      return work(transaction);
    });
    try {
      await Promise.race([begun, late.promise]);
    } finally {
      isOver = true;
      stop();
    }
  }

  /**
   * Makes the table if it is missing, one node after the other, and resolves with the
   * columns to read. A user who may not make tables can use one that is there.
   */
  async #setUp(transaction: OutboxTransaction): Promise<string> {
    const table = this.#table;
    const find = async () => {
      const found = await transaction.unsafe(
        `select attname as name from pg_attribute
         where attrelid = to_regclass('${table}') and attnum > 0 and not attisdropped`,
      ) as readonly { readonly name: string }[];
      return found.map(({ name }) => name);
    };
    const names = await find();
    if (names.length > 0) return columnsOf(names);
    const lock = `select pg_advisory_xact_lock(hashtext('${table}'))`;
    await transaction.unsafe(lock);
    // Another node may have made it meanwhile.
    if ((await find()).length === 0) {
      for (const statement of statementsOf(table)) {
        await transaction.unsafe(statement);
      }
    }
    return columnsOf(await find());
  }

  /**
   * Publishes the oldest rows and deletes those that are published; returns the number of
   * rows, 0 while another node does so. It rejects if some are left.
   */
  async #publish(columns: string, take: TakeRecords): Promise<number> {
    const table = this.#table;
    let count = 0;
    let failure: { readonly error: unknown } | undefined;
    await this.#begin(async (transaction) => {
      const lock =
        `select 1 where pg_try_advisory_xact_lock(hashtext('${table}'))`;
      if ((await transaction.unsafe(lock)).length === 0) return;
      const rows = await transaction.unsafe(
        `select ${columns} from ${table} as rows order by rows.id limit ${BATCH}`,
      ) as readonly OutboxRow[];
      count = rows.length;
      if (count === 0) return;
      const taken: string[] = [];
      try {
        await this.#takeInTime(rows, take, (id) => taken.push(id));
      } catch (error) {
        failure = { error };
      }
      const remove = `delete from ${table} where id = any($1::bigint[])`;
      await transaction.unsafe(remove, [`{${taken.join(",")}}`]);
    });
    if (failure !== undefined) throw failure.error;
    return count;
  }

  /** Hands rows over for as long as a transaction may last; calls back with the id of each that is published. */
  async #takeInTime(
    rows: readonly OutboxRow[],
    take: TakeRecords,
    onTaken: (id: string) => void,
  ): Promise<void> {
    const ids = new Map<SourceRecord, string>();
    for (const row of rows) ids.set(toRecord(row, this.#table), row.id);
    const ending = new AbortController();
    const withinMs = this.#publishWithinMs;
    const stop = this.#clock.after(withinMs, () => {
      const message = `the hub did not take all rows within ${withinMs} ms`;
      ending.abort(new Error(message));
    });
    try {
      await take([...ids.keys()], {
        signal: ending.signal,
        onTaken: (record) => onTaken(ids.get(record)!),
      });
    } finally {
      stop();
    }
  }
}
