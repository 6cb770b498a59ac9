/** Connections for statements that do not depend on each other. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type { CreateClient, Row, Value } from "./client.ts";
import { PostgresConnection, reasonOf } from "./connection.ts";

/** Silence of the server that ends a connection, or the wait for one, in milliseconds. */
const GIVE_UP_MS = 5_000;

/** Dependencies of {@linkcode Pool}. */
export interface PoolDeps {
  readonly createClient: CreateClient;
  readonly clock: Clock;
  /** Maximum number of connections. */
  readonly size: number;
  /** Called when a connection ends under a statement, before that rejects. */
  readonly onLoss: (error: unknown) => void;
}

/** A statement without a connection. */
interface Waiting extends Deferred<PostgresConnection> {
  readonly since: number;
}

/** Opens connections as they are needed, and gives each of them one statement at a time. */
export class Pool {
  readonly #deps: PoolDeps;
  readonly #connections = new Set<PostgresConnection>();
  #idle: PostgresConnection[] = [];
  #waiting: Waiting[] = [];
  #endError: BrokerAwayError | undefined;
  #onIdle: (() => void) | undefined;

  constructor(deps: PoolDeps) {
    this.#deps = deps;
  }

  /** Runs a statement on a connection that is free, and returns its rows. */
  async run(
    text: string,
    parameters: readonly Value[],
  ): Promise<readonly Row[]> {
    const connection = await this.#take();
    try {
      return await connection.run(text, parameters);
    } catch (error) {
      if (connection.ended) this.#deps.onLoss(error);
      throw error;
    } finally {
      this.#release(connection);
    }
  }

  /** Ends connections on which the server is silent, and waits for one that are too long. */
  check(): void {
    for (const connection of [...this.#connections]) {
      if (connection.silentMs < GIVE_UP_MS) continue;
      connection.end(silence());
    }
    const { now } = this.#deps.clock;
    const late = this.#waiting.filter(({ since }) => now - since >= GIVE_UP_MS);
    if (late.length === 0) return;
    this.#waiting = this.#waiting.filter((each) => !late.includes(each));
    // The server may answer the others all the time.
    for (const { reject } of late) {
      reject(
        new Error(`no connection to PostgreSQL was free for ${GIVE_UP_MS} ms`),
      );
    }
  }

  /** Resolves once every statement has its result. */
  async settled(): Promise<void> {
    if (this.#idle.length === this.#connections.size) return;
    const { promise, resolve } = deferred();
    this.#onIdle = resolve;
    await promise;
  }

  /** Ends all connections; statements reject from then on. Resolves once nothing is left of them. */
  async end(error: unknown): Promise<void> {
    const away = new BrokerAwayError(
      `Cannot reach PostgreSQL: ${reasonOf(error)}`,
    );
    this.#endError ??= away;
    const connections = [...this.#connections];
    for (const connection of connections) connection.end(error);
    for (const { reject } of this.#waiting.splice(0)) reject(away);
    await Promise.all(connections.map(({ closed }) => closed));
  }

  #take(): PostgresConnection | Promise<PostgresConnection> {
    if (this.#endError !== undefined) throw this.#endError;
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#connections.size < this.#deps.size) return this.#open();
    const { promise, ...ends } = deferred<PostgresConnection>();
    this.#waiting.push({ since: this.#deps.clock.now, promise, ...ends });
    return promise;
  }

  #release(connection: PostgresConnection): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next.resolve(connection.ended ? this.#open() : connection);
      return;
    }
    if (!connection.ended) this.#idle.push(connection);
    if (this.#idle.length === this.#connections.size) this.#onIdle?.();
  }

  #open(): PostgresConnection {
    const { createClient, clock } = this.#deps;
    const connection = new PostgresConnection({
      createClient,
      clock,
      onEnd: () => {
        this.#connections.delete(connection);
        this.#idle = this.#idle.filter((each) => each !== connection);
      },
    });
    this.#connections.add(connection);
    return connection;
  }
}

function silence(): Error {
  return new BrokerAwayError(
    `PostgreSQL has not answered for ${GIVE_UP_MS} ms`,
  );
}
