/** Log of clients that were disconnected for what they did: a line for each, and no more than an operator can read. */

import { type Disconnect, disconnects } from "../base/disconnect.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";

/** Time in which so many lines are written at most: a flood of floods does not fill the log. */
const WINDOW_MS = 10_000;
const MAX_LINES = 20;

/** Codes of clients that flood the server, do not read, or send what is invalid. */
const CODES: ReadonlySet<number> = new Set(
  [
    disconnects.messageTooBig,
    disconnects.slow,
    disconnects.tooManyRequests,
    disconnects.badRequest,
    disconnects.tooManyErrors,
  ].map(({ code }) => code),
);

/** Connection that was ended. */
export interface EvictedConnection {
  readonly id: string;
  readonly uid: string | undefined;
  readonly address: { readonly name: string } | undefined;
}

/** Writes the line `evicted` for each connection that its client has caused the end of. */
export class EvictionLog {
  readonly #clock: Clock;
  readonly #log: Log;
  #windowEnd = -Infinity;
  #lines = 0;
  /** Lines that were left out since the last one. */
  #omitted = 0;

  /** Writes to a log. */
  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Notes the end of a connection. */
  add(
    { id, uid, address }: EvictedConnection,
    { code, reason }: Disconnect,
  ): void {
    if (!CODES.has(code)) return;
    const { now } = this.#clock;
    if (now >= this.#windowEnd) {
      this.#windowEnd = now + WINDOW_MS;
      this.#lines = 0;
    }
    if (this.#lines >= MAX_LINES) {
      this.#omitted++;
      return;
    }
    this.#lines++;
    const omitted = this.#omitted > 0 ? this.#omitted : undefined;
    this.#omitted = 0;
    const fields = { connection: id, uid, address: address?.name };
    this.#log.info("evicted", { ...fields, code, reason, omitted });
  }
}
