/** Pauses between attempts, which grow with each failure and end with the bridge. */

import type { Clock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import type { Random } from "../base/random.ts";

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 5_000;

/** Time and chance of the pauses. */
interface PausesDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Pauses of one source or sink. */
export class Pauses {
  readonly #deps: PausesDeps;
  readonly #signal: AbortSignal;

  /** Makes pauses that end at once when `signal` is aborted. */
  constructor(deps: PausesDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** Waits after so many failures before: from 25 to 50 ms, then up to twice as long each, at most 5 s. */
  async wait(failures: number): Promise<void> {
    if (this.#signal.aborted) return;
    const { clock, random } = this.#deps;
    const longest = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** failures);
    const over = deferred();
    const stop = clock.after(
      longest * (0.5 + random.number() / 2),
      over.resolve,
    );
    const end = () => over.resolve();
    this.#signal.addEventListener("abort", end);
    await over.promise;
    this.#signal.removeEventListener("abort", end);
    stop();
  }
}
