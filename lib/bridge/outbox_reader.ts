/** Reader of an outbox, over one connection to its PostgreSQL. */

import { type Clock, systemClock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import { inTime } from "../base/in_time.ts";
import type { CreateClient, Row, Value } from "../broker/postgres/client.ts";
import { PostgresConnection } from "../broker/postgres/connection.ts";
import {
  columnsOf,
  deletionOf,
  quoted,
  statementsOf,
  topicOf,
  toRecord,
} from "./outbox_table.ts";
import type { SourceRecord, TakeRecords } from "./types.ts";

/** Milliseconds in which PostgreSQL has to answer a statement. */
const ANSWER_WITHIN_MS = 5_000;

/** Rows that are published in one transaction at most, and the bytes of their data, but for the last one. */
const MAX_ROWS = 256;
const MAX_BYTES = 1_000_000;

/** Dependencies and terms of {@linkcode OutboxReader}; see `OutboxOptions`. */
export interface OutboxReaderDeps {
  readonly createClient: CreateClient;
  /** Name of the table. */
  readonly table: string;
  /** True if the table is made where it is missing. */
  readonly mayMake: boolean;
  /** Called when the table is there. */
  readonly onFound: () => void;
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
  readonly #deps: OutboxReaderDeps;
  readonly #table: string;
  readonly #pollMs: number;
  readonly #publishWithinMs: number;
  readonly #clock: Clock;
  readonly #connection: PostgresConnection;
  /** Wait for the next look at the table. */
  #pause = deferred();
  /** Ends the attempts to publish rows, while there are some. */
  #taking: AbortController | undefined;
  /** True from the first row that is published to the end of the transaction. */
  #isCommitting = false;

  constructor(deps: OutboxReaderDeps) {
    const { createClient, pollMs = 1_000, publishWithinMs = 10_000 } = deps;
    this.#deps = deps;
    this.#table = quoted(deps.table);
    this.#pollMs = pollMs;
    this.#publishWithinMs = publishWithinMs;
    this.#clock = deps.clock ?? systemClock;
    this.#connection = new PostgresConnection({
      createClient,
      clock: this.#clock,
      onNotification: () => this.#pause.resolve(),
      onEnd: (error) => {
        this.#pause.resolve();
        // Another node may read the same rows now.
        this.#taking?.abort(error);
      },
    });
  }

  /** Reads until `signal` is aborted; rejects if it fails or `take` rejects. It runs once. */
  async run(take: TakeRecords, signal: AbortSignal): Promise<void> {
    const end = () => {
      this.#pause.resolve();
      // A statement that hangs is not waited for.
      if (!this.#isCommitting) this.#close();
    };
    signal.addEventListener("abort", end);
    try {
      const columns = await this.#transact(() => this.#setUp());
      this.#deps.onFound();
      if (this.#deps.listens) {
        await this.#ask(`listen ${quoted(topicOf(this.#deps.table))}`);
      }
      while (!signal.aborted) {
        // What is inserted from now on ends the pause before it begins.
        this.#pause = deferred();
        if (await this.#publish(columns, take)) continue;
        const stop = this.#clock.after(
          this.#pollMs,
          () => this.#pause.resolve(),
        );
        if (!signal.aborted) await this.#pause.promise;
        stop();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener("abort", end);
      this.#close();
      await inTime(this.#connection.closed, this.#clock);
    }
  }

  #close(): void {
    this.#connection.end(new Error("the outbox is read no more"));
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

  /**
   * Runs a transaction; it is rolled back if `work` rejects. The server ends one whose
   * node stands still, for it would stop all nodes.
   */
  async #transact<T>(work: () => Promise<T>): Promise<T> {
    const idleMs = this.#publishWithinMs + ANSWER_WITHIN_MS;
    await this.#ask(
      `begin; set local idle_in_transaction_session_timeout = ${idleMs}`,
    );
    try {
      const result = await work();
      await this.#ask("commit");
      return result;
    } catch (error) {
      await this.#rollBack();
      throw error;
    } finally {
      this.#isCommitting = false;
    }
  }

  async #rollBack(): Promise<void> {
    // With its connection, a transaction has ended by itself.
    if (this.#connection.ended) return;
    try {
      await this.#ask("rollback");
    } catch (error) {
      // The error before it says more.
      this.#connection.end(error);
    }
  }

  /**
   * Makes the table if it is missing, one node after the other, and resolves with the
   * columns to read. A user who may not make tables can use one that is there.
   */
  async #setUp(): Promise<string> {
    const table = this.#table;
    const { table: name, mayMake } = this.#deps;
    const find = async () => {
      const found = await this.#ask(
        `select attname::text from pg_attribute
         where attrelid = to_regclass('${table}') and attnum > 0 and not attisdropped`,
      );
      return found.map(([name]) => String(name));
    };
    let columns = await find();
    if (columns.length === 0) {
      if (!mayMake) throw new Error(`the table "${name}" is gone`);
      // One for all tables, since a table may have two names.
      await this.#ask("select pg_advisory_xact_lock(hashtext('thrum_outbox'))");
      columns = await find();
      // Another node may have made it meanwhile.
      if (columns.length === 0) {
        for (const statement of statementsOf(name)) await this.#ask(statement);
        columns = await find();
      }
    }
    // What cannot be deleted would be published again and again.
    await this.#ask(deletionOf(table), ["{}"]);
    return columnsOf(columns);
  }

  /**
   * Publishes the oldest rows and deletes those that are published; resolves with true
   * if there are more, and with false while another node does so. It rejects if some
   * could not be published, and none of them in time.
   */
  async #publish(columns: string, take: TakeRecords): Promise<boolean> {
    const table = this.#table;
    let failure: { readonly error: unknown } | undefined;
    const isMore = await this.#transact(async () => {
      // By any of its names it is the same table.
      const lock = `select 1 where pg_try_advisory_xact_lock(
        (hashtext('thrum_outbox')::bigint << 32) | to_regclass('${table}')::oid::bigint)`;
      if ((await this.#ask(lock)).length === 0) return false;
      const [[fitting, known] = []] = await this.#ask(
        `select count(*) filter (where before < ${MAX_BYTES}), count(*) from (
           select sum(size) over (order by id) - size as before from (
             select id, coalesce(octet_length(data::text), 0) as size
               from ${table} order by id limit ${MAX_ROWS}) as sizes) as sums`,
      );
      if (Number(known) === 0) return false;
      const rows = await this.#ask(
        `select ${columns} from ${table} as rows order by rows.id limit ${fitting}`,
      );
      const taken: string[] = [];
      this.#isCommitting = true;
      try {
        await this.#takeInTime(rows, take, taken);
      } catch (error) {
        failure = { error };
      }
      const deleted = await this.#ask(deletionOf(table), [
        `{${taken.join(",")}}`,
      ]);
      if (deleted.length < taken.length) {
        throw new Error(
          `${taken.length} rows of "${this.#deps.table}" are published, and ${deleted.length} of them could be deleted: check their ids and its policies`,
        );
      }
      return Number(fitting) < Number(known) || Number(known) === MAX_ROWS;
    });
    if (failure !== undefined) throw failure.error;
    return isMore;
  }

  /**
   * Hands rows over for as long as a transaction may last, and notes the id of each that
   * is published. It rejects if the time is over and none is.
   */
  async #takeInTime(
    rows: readonly Row[],
    take: TakeRecords,
    taken: string[],
  ): Promise<void> {
    const ids = new Map<SourceRecord, string>();
    for (const row of rows) {
      ids.set(toRecord(row, this.#deps.table), String(row[0]));
    }
    const taking = this.#taking = new AbortController();
    const withinMs = this.#publishWithinMs;
    const late = new Error(
      `the hub took none of the rows within ${withinMs} ms`,
    );
    const stop = this.#clock.after(withinMs, () => taking.abort(late));
    try {
      await take([...ids.keys()], {
        signal: taking.signal,
        onTaken: (record) => taken.push(ids.get(record)!),
      });
    } catch (error) {
      // The rest has its turn in the next transaction.
      if (error !== late || taken.length === 0) throw error;
    } finally {
      stop();
      this.#taking = undefined;
    }
  }
}
