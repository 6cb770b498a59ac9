/** Schedule of the clients that are sent away: each gets a time to come back, so that they do not come all at once. */

import type { Clock } from "../base/clock.ts";
import { type Disconnect, disconnects } from "../base/disconnect.ts";
import type { Random } from "../base/random.ts";

/** Options of {@linkcode ReturnSchedule}. */
export interface ReturnScheduleOptions {
  /** Source of the time. */
  readonly clock: Clock;
  /** Source of the spread. */
  readonly random: Pick<Random, "number">;
  /** Clients that may come back per second. */
  readonly ratePerSecond: number;
}

/** Milliseconds in which a client comes back once its place is due. */
const WINDOW_MS = 1_000;
/** The same for clients that were refused: they have no connection to lose, and the node is busy. */
const REFUSED_WINDOW_MS = 5_000;
/** The longest wait of a client, in milliseconds. */
const MAX_WAIT_MS = 60_000;

/** Ends of connections that concern many clients at once, or come from overload. */
const CROWDED: ReadonlySet<number> = new Set([
  disconnects.shutdown.code,
  disconnects.tooManyRequests.code,
]);

/**
 * A queue in which every client that was sent away takes the next place. `n` clients
 * come back over `n / ratePerSecond` seconds and one more, at most sixty; each at a
 * random moment of the second that begins with its place, so that few are spread, too.
 */
export class ReturnSchedule {
  readonly #options: ReturnScheduleOptions;
  /** Time from which on no place of the queue is taken. */
  #freeAt = -Infinity;

  /** Makes an empty queue. */
  constructor(options: ReturnScheduleOptions) {
    this.#options = options;
  }

  /** Adds the time to come back to a disconnect that needs one. */
  appoint(disconnect: Disconnect): Disconnect {
    if (!CROWDED.has(disconnect.code)) return disconnect;
    return { ...disconnect, retryAfterMs: this.#next(WINDOW_MS) };
  }

  /** Milliseconds after which a client may come back that was refused now. */
  refuse(): number {
    return this.#next(REFUSED_WINDOW_MS);
  }

  #next(windowMs: number): number {
    const { clock, random, ratePerSecond } = this.#options;
    const queueMs = Math.max(this.#freeAt - clock.now, 0);
    // Beyond the longest wait the queue grows no more, and the rest comes at random.
    if (queueMs + windowMs > MAX_WAIT_MS) {
      return Math.floor(random.number() * MAX_WAIT_MS);
    }
    this.#freeAt = clock.now + queueMs + 1_000 / ratePerSecond;
    return Math.floor(queueMs + random.number() * windowMs);
  }
}
