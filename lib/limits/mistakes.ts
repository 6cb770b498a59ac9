/** How many mistakes a client may make. */

/** Mistakes within {@linkcode WINDOW_MS}; one more ends the connection. */
const MAX_MISTAKES = 9;
const WINDOW_MS = 60_000;

/** The mistakes of one client. */
export class Mistakes {
  #count = 0;
  #since = -Infinity;

  /** Counts one more at `now`, in milliseconds; says whether that is one too many in a minute. */
  isOneTooMany(now: number): boolean {
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#count = 0;
    }
    return ++this.#count > MAX_MISTAKES;
  }
}
