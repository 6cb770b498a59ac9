/** One connection to PostgreSQL, from its first statement to its end. */

import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type {
  CreateClient,
  PostgresLike,
  Row,
  TakeNotification,
  Value,
} from "./client.ts";

/** Dependencies of a connection. */
export interface ConnectionDeps {
  readonly createClient: CreateClient;
  readonly clock: Clock;
  /** Receives notifications; by default there are none. */
  readonly onNotification?: TakeNotification;
  /** Called once, when the connection has ended. */
  readonly onEnd: (error: unknown) => void;
}

/** Errors of the server after which only a new connection helps: it shuts down, is a replica, or refuses the user. */
const FATAL = /^(?:57P0[1-5]|25006|28|08|3D|53300)/;

/** Carries out statements in the order of the calls, until it ends; then every statement rejects. */
export class PostgresConnection {
  readonly #deps: ConnectionDeps;
  readonly #client: PostgresLike;
  #waiting = 0;
  #activeAt = 0;
  /** True once the server has answered a statement. */
  #isOpen = false;
  /** Reason for the end; `undefined` until then. */
  #endReason: string | undefined;
  #closed: Promise<void> = Promise.resolve();

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#client = deps.createClient({
      onNotification: (topic) => deps.onNotification?.(topic),
      onClose: () => this.end(new Error("the connection was closed")),
    });
  }

  /** True once the connection has ended. */
  get ended(): boolean {
    return this.#endReason !== undefined;
  }

  /** Resolves once nothing is left of a connection that has ended. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  /** Milliseconds without a sign of the server while a statement waits for its result. */
  get silentMs(): number {
    return this.#waiting === 0 ? 0 : this.#deps.clock.now - this.#activeAt;
  }

  /** Runs a statement and returns its rows. */
  async run(
    text: string,
    parameters: readonly Value[] = [],
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    await this.each(text, parameters, (row) => rows.push(row));
    return rows;
  }

  /**
   * Runs a statement and calls back with each row as it arrives. If the connection ends
   * before the result, the outcome is unknown.
   */
  async each(
    text: string,
    parameters: readonly Value[],
    onRow: (row: Row) => void,
  ): Promise<void> {
    if (this.#endReason !== undefined) {
      throw new BrokerAwayError(`Cannot reach PostgreSQL: ${this.#endReason}`);
    }
    if (this.#waiting++ === 0) this.#activeAt = this.#deps.clock.now;
    try {
      await this.#client.query(text, parameters, (row) => {
        this.#activeAt = this.#deps.clock.now;
        onRow(row);
      });
      this.#isOpen = true;
    } catch (error) {
      const code = codeOf(error);
      const isReply = code !== "";
      if (!isReply || FATAL.test(code)) this.end(error);
      if (isReply) throw error;
      if (!this.#isOpen) {
        throw new BrokerAwayError(
          `Cannot reach PostgreSQL: ${this.#endReason}`,
        );
      }
      const state = "whether the statement was carried out is unknown";
      throw new BrokerAwayError(`${this.#endReason}; ${state}`);
    } finally {
      this.#waiting--;
      this.#activeAt = this.#deps.clock.now;
    }
  }

  /** Ends the connection; a second call does nothing. */
  end(error: unknown): void {
    if (this.ended) return;
    this.#endReason = reasonOf(error);
    this.#closed = this.#client.destroy();
    this.#deps.onEnd(error);
  }
}

/** Code of an error of the server, such as `55P03`; empty for those of the connection, which may have codes, too. */
export function codeOf(error: unknown): string {
  const isReply = error instanceof Error && error.name === "PostgresError";
  return isReply && "code" in error ? String(error.code) : "";
}

/** Message of an error; the error of several attempts at once has only a name. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}
