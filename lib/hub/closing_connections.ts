/** Connections that the hub has closed, until their clients let go of them. */

import type { Clock } from "../base/clock.ts";
import type { Admission } from "./admission.ts";
import type { Connection } from "./connection.ts";

/** Time that a client has to let go; then its connection is a zombie. */
const CLOSE_WITHIN_MS = 5_000;

/** Counts closed connections as zombies that their clients hold open for too long. */
export class ClosingConnections {
  readonly #clock: Clock;
  readonly #admission: Admission;
  /** By connection, the end of its wait or of its time as a zombie. */
  readonly #ends = new Map<Connection, () => void>();

  /** Counts the zombies of `admission`. */
  constructor(clock: Clock, admission: Admission) {
    this.#clock = clock;
    this.#admission = admission;
  }

  /** Adds a connection that was closed now. */
  add(connection: Connection): void {
    const stopWaiting = this.#clock.after(CLOSE_WITHIN_MS, () => {
      this.#admission.zombies++;
      this.#ends.set(connection, () => this.#admission.zombies--);
    });
    this.#ends.set(connection, stopWaiting);
  }

  /** Removes a connection whose transport has ended; nothing happens to another. */
  remove(connection: Connection): void {
    this.#ends.get(connection)?.();
    this.#ends.delete(connection);
  }

  /** Ends every wait, which would keep the process alive. */
  stop(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
  }
}
