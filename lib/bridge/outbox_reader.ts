/** Reader of an outbox, over one connection to its PostgreSQL. */

import { type Clock, systemClock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import { inTime } from "../base/in_time.ts";
import type { CreateClient, Row, Value } from "../broker/postgres/client.ts";
import { PostgresConnection } from "../broker/postgres/connection.ts";
import { columnsOf, statementsOf, topicOf, toRecord } from "./outbox_table.ts";
import type { SourceRecord, TakeRecords } from "./types.ts";

/** Milliseconds in which PostgreSQL has to answer a statement. */
const ANSWER_WITHIN_MS = 5_000;

/** Rows that are published in one transaction. */
const BATCH = 256;

/** Dependencies and terms of {@linkcode OutboxReader}; see `OutboxOptions`. */
export interface OutboxReaderDeps {
  readonly createClient: CreateClient;
  /** Name of the table, which needs no quotation marks. */
  readonly table: string;
  /** True if PostgreSQL notifies of new rows. */
  readonly listens: boolean;
  readonly pollMs?: number;
  readonly publishWithinMs?: number;
  readonly clock?: Clock;
}

/**
 * Publishes rows and deletes them, until it is aborted or its connection ends. The
 * library's own transactions are not used: a connection that is lost in one of them
 * throws where nothing can catch it, and that ends the process.
 */
export class OutboxReader {
  readonly #table: string;
  readonly #listens: boolean;
  readonly #pollMs: number;
  readonly #publishWithinMs: number;
  readonly #clock: Clock;
  readonly #connection: PostgresConnection;
  /** Wait for the next look at the table. */
  #pause = deferred();

  constructor(deps: OutboxReaderDeps) {
    const { createClient, pollMs = 1_000, publishWithinMs = 10_000 } = deps;
    this.#table = deps.table;
    this.#listens = deps.listens;
    this.#pollMs = pollMs;
    this.#publishWithinMs = publishWithinMs;
    this.#clock = deps.clock ?? systemClock;
    this.#connection = new PostgresConnection({
      createClient,
      clock: this.#clock,
      onNotification: () => this.#pause.resolve(),
      onEnd: () => this.#pause.resolve(),
    });
  }

  /** Reads until `signal` is aborted; rejects if it fails or `take` rejects. It runs once. */
  async run(take: TakeRecords, signal: AbortSignal): Promise<void> {
    const wake = () => this.#pause.resolve();
    signal.addEventListener("abort", wake);
    try {
      const columns = await this.#transact(() => this.#setUp());
      if (this.#listens) await this.#ask(`listen ${topicOf(this.#table)}`);
      while (!signal.aborted) {
        // What is inserted from now on ends the pause before it begins.
        this.#pause = deferred();
        if (await this.#publish(columns, take) === BATCH) continue;
        const stop = this.#clock.after(this.#pollMs, wake);
        if (!signal.aborted) await this.#pause.promise;
        stop();
      }
    } finally {
      signal.removeEventListener("abort", wake);
      this.#connection.end(new Error("the outbox is read no more"));
      await inTime(this.#connection.closed, this.#clock);
    }
  }

  /** Runs a statement; ends the connection if there is no answer in time. */
  async #ask(
    statement: string,
    parameters: readonly Value[] = [],
  ): Promise<readonly Row[]> {
    const stop = this.#clock.after(ANSWER_WITHIN_MS, () => {
      const message = `PostgreSQL did not answer within ${ANSWER_WITHIN_MS} ms`;
      this.#connection.end(new Error(message));
    });
    try {
      return await this.#connection.run(statement, parameters);
    } finally {
      stop();
    }
  }

  /** Runs a transaction; it is rolled back if `work` rejects. */
  async #transact<T>(work: () => Promise<T>): Promise<T> {
    await this.#ask("begin");
    let result: T;
    try {
      result = await work();
    } catch (error) {
      // With its connection, it has ended by itself.
      if (!this.#connection.ended) await this.#ask("rollback");
      throw error;
    }
    await this.#ask("commit");
    return result;
  }

  /**
   * Makes the table if it is missing, one node after the other, and resolves with the
   * columns to read. A user who may not make tables can use one that is there.
   */
  async #setUp(): Promise<string> {
    const table = this.#table;
    const find = async () => {
      const found = await this.#ask(
        `select attname::text from pg_attribute
         where attrelid = to_regclass('${table}') and attnum > 0 and not attisdropped`,
      );
      return found.map(([name]) => String(name));
    };
    const names = await find();
    if (names.length > 0) return columnsOf(names);
    await this.#ask(`select pg_advisory_xact_lock(hashtext('${table}'))`);
    // Another node may have made it meanwhile.
    if ((await find()).length === 0) {
      for (const statement of statementsOf(table)) await this.#ask(statement);
    }
    return columnsOf(await find());
  }

  /**
   * Publishes the oldest rows and deletes those that are published; returns the number of
   * rows, 0 while another node does so. It rejects if some are left.
   */
  async #publish(columns: string, take: TakeRecords): Promise<number> {
    const table = this.#table;
    let failure: { readonly error: unknown } | undefined;
    const count = await this.#transact(async () => {
      const lock =
        `select 1 where pg_try_advisory_xact_lock(hashtext('${table}'))`;
      if ((await this.#ask(lock)).length === 0) return 0;
      const rows = await this.#ask(
        `select ${columns} from ${table} as rows order by rows.id limit ${BATCH}`,
      );
      if (rows.length === 0) return 0;
      const taken: string[] = [];
      try {
        await this.#takeInTime(rows, take, (id) => taken.push(id));
      } catch (error) {
        failure = { error };
      }
      const remove = `delete from ${table} where id = any($1::bigint[])`;
      await this.#ask(remove, [`{${taken.join(",")}}`]);
      return rows.length;
    });
    if (failure !== undefined) throw failure.error;
    return count;
  }

  /** Hands rows over for as long as a transaction may last; calls back with the id of each that is published. */
  async #takeInTime(
    rows: readonly Row[],
    take: TakeRecords,
    onTaken: (id: string) => void,
  ): Promise<void> {
    const ids = new Map<SourceRecord, string>();
    for (const row of rows) {
      ids.set(toRecord(row, this.#table), String(row[0]));
    }
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
