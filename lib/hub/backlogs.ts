/** Connections whose transports are full: one timer looks at all of them, for no transport says when it has room. */

import type { Clock } from "../base/clock.ts";
import type { BacklogCounters, BacklogState } from "./backlog.ts";
import type { Traffic } from "./traffic.ts";

/** Pauses between two looks: the first while a client reads, and the longest while none does. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 40;

/** Part of a connection that its backlog works with. */
export interface BackloggedConnection {
  /** True if the connection has ended. */
  readonly closed: boolean;
  /** Counters of its protocol on its transport. */
  readonly traffic: Traffic;
  /** Sends frames that the transport has room for; returns the progress of the client. */
  look(now: number): BacklogState;
}

/** Looks at every connection with a backlog, until it has none. */
export class Backlogs<
  C extends BackloggedConnection = BackloggedConnection,
> {
  /** Counters of the backlogs. */
  readonly counters: BacklogCounters = {
    slowConsumers: 0,
    droppedPublications: 0,
    backlogBytes: 0,
  };
  readonly #states = new Map<C, BacklogState>();
  readonly #clock: Clock;
  readonly #onLook: () => void;
  #pauseMs = FIRST_PAUSE_MS;
  #isSoon = false;
  #cancel: (() => void) | undefined;

  /** Calls `onLook` after each look. */
  constructor(clock: Clock, onLook: () => void) {
    this.#clock = clock;
    this.#onLook = onLook;
  }

  /** Number of connections with a backlog. */
  get size(): number {
    return this.#states.size;
  }

  /** Time of the looks. */
  get now(): number {
    return this.#clock.now;
  }

  /** Connections that have a backlog and read, as far as is known. */
  *readers(): Iterable<C> {
    for (const [connection, state] of this.#states) {
      if (state === "reading") yield connection;
    }
  }

  /** Adds a connection; it is looked at once this turn of the event loop is done. */
  add(connection: C): void {
    this.#states.set(connection, "reading");
    if (this.#isSoon) return;
    this.#isSoon = true;
    this.#cancel?.();
    this.#cancel = this.#clock.soon(this.#look);
  }

  /** Removes a connection. */
  remove(connection: C): void {
    this.#states.delete(connection);
    if (this.#states.size > 0) return;
    this.stop();
    this.#onLook();
  }

  /** Ends the looks. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isSoon = false;
  }

  readonly #look = (): void => {
    const { now } = this.#clock;
    this.#cancel = undefined;
    this.#isSoon = false;
    let isReading = false;
    for (const connection of this.#states.keys()) {
      const state = connection.look(now);
      if (!this.#states.has(connection)) continue;
      this.#states.set(connection, state);
      if (state === "reading") isReading = true;
    }
    this.#onLook();
    if (this.#states.size === 0 || this.#isSoon) return;
    this.#pauseMs = isReading
      ? FIRST_PAUSE_MS
      : Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#cancel = this.#clock.after(this.#pauseMs, this.#look);
  };
}
