/** How many mistakes a client may make. */

/** So many within {@linkcode WINDOW_MS} end the connection. */
const TOO_MANY = 10;
const WINDOW_MS = 60_000;

/** The mistakes of one client. */
export class ErrorBudget {
  /** When the last ones were made, the oldest first. */
  readonly #times: number[] = [];

  /** Counts one more at `now`, in milliseconds; says whether that is one too many in a minute. */
  isOneTooMany(now: number): boolean {
    const times = this.#times;
    times.push(now);
    if (times.length < TOO_MANY) return false;
    return now - times.shift()! < WINDOW_MS;
  }
}
