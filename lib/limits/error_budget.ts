/** Budget of errors that one client may cause. */

/** Errors within {@linkcode WINDOW_MS} that end the connection. */
const TOO_MANY = 10;
const WINDOW_MS = 60_000;

/** Counts the errors of one client. */
export class ErrorBudget {
  /** Times of the newest errors, the oldest first. */
  readonly #times: number[] = [];

  /** Counts an error at `now`, in milliseconds; returns true if it is one too many in a minute. */
  isOneTooMany(now: number): boolean {
    const times = this.#times;
    times.push(now);
    if (times.length < TOO_MANY) return false;
    return now - times.shift()! < WINDOW_MS;
  }
}
