/** Sweeper: has PostgreSQL remove what has expired, in batches. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { PostgresLink } from "./link.ts";

/** Time between two sweeps of a node, in milliseconds. One node sweeps at a time. */
const SWEEP_MS = 10_000;
/** Rows of each kind that one statement removes. */
const BATCH = 5_000;

/** Dependencies of {@linkcode Sweeper}. */
export interface SweeperDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
  readonly random: Random;
}

/** Sweeps every ten seconds; a batch that was full is followed by the next one at once. */
export class Sweeper {
  readonly #deps: SweeperDeps;
  #stopTimer: (() => void) | undefined;

  constructor(deps: SweeperDeps) {
    this.#deps = deps;
  }

  /** Begins to sweep; {@linkcode stop} ends it. */
  start(): void {
    // Nodes that start together sweep at different times.
    this.#later(SWEEP_MS * this.#deps.random.number());
  }

  /** Ends the timer. */
  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** Removes all that has expired now. */
  async sweep(): Promise<void> {
    let rows = BATCH;
    while (rows >= BATCH) {
      const [[count] = []] = await this.#deps.link.run(
        "select thrum.sweep($1::int)",
        [BATCH],
      );
      rows = Number(count);
    }
  }

  #later(delayMs: number): void {
    this.#stopTimer = this.#deps.clock.after(delayMs, () => this.#onTime());
  }

  async #onTime(): Promise<void> {
    const { link } = this.#deps;
    try {
      if (link.ready) await this.sweep();
    } catch (error) {
      if (link.ready) link.report(error, "sweep");
    }
    if (this.#stopTimer !== undefined) this.#later(SWEEP_MS);
  }
}
