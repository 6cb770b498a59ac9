/** Pauses between attempts, which grow with each failure and end with the bridge. */

import type { Clock } from "../base/clock.ts";
import { deferred } from "../base/deferred.ts";
import type { Random } from "../base/random.ts";
import { pauseAfter } from "../broker/reconnection.ts";

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

  /** Waits after so many failures before: from 25 to 50 ms, then up to twice as long each, at most 5 s, or until `signal` is aborted. */
  async wait(failures: number, signal?: AbortSignal): Promise<void> {
    if (this.#signal.aborted || signal?.aborted) return;
    const { clock, random } = this.#deps;
    const over = deferred();
    const pauseMs = pauseAfter(failures, random, MAX_PAUSE_MS);
    const stop = clock.after(pauseMs, over.resolve);
    const end = () => over.resolve();
    for (const each of [this.#signal, signal]) {
      each?.addEventListener("abort", end);
    }
    await over.promise;
    for (const each of [this.#signal, signal]) {
      each?.removeEventListener("abort", end);
    }
    stop();
  }
}
