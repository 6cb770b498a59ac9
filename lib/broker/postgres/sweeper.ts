/** Sweeper: has PostgreSQL remove what has expired, in batches. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Value } from "./client.ts";
import type { PostgresLink } from "./link.ts";

/** Time between two sweeps of a node, in milliseconds. One node sweeps at a time. */
const SWEEP_MS = 10_000;
/** Time between two statements of a sweep, in which publishers have their turn. */
const PAUSE_MS = 20;
/** Rows of each kind that one statement removes at most; fewer after one that failed. */
const MAX_BATCH = 5_000;
const MIN_BATCH = 50;

/** The id before that of every channel. */
const START = 0;

/** Dependencies of {@linkcode Sweeper}. */
export interface SweeperDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
  readonly random: Random;
}

/** Sweeps every ten seconds, in batches, until nothing is left that has expired. */
export class Sweeper {
  readonly #deps: SweeperDeps;
  #batch = MAX_BATCH;
  /** The id from which the histories go on; `null` once all of a sweep are done. */
  #next: Value = START;
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

  /** Removes one batch of what has expired; resolves with `true` if there may be more. */
  async sweep(): Promise<boolean> {
    try {
      const [[next, more] = []] = await this.#deps.link.run(
        "select next, more::int from thrum.sweep($1::int, $2::bigint)",
        [this.#batch, this.#next],
      );
      const isMore = Number(more) === 1;
      this.#next = isMore ? next ?? null : START;
      if (!isMore) this.#batch = MAX_BATCH;
      return isMore;
    } catch (error) {
      // It may have been too much for the time that a statement has.
      this.#batch = Math.max(MIN_BATCH, Math.floor(this.#batch / 2));
      throw error;
    }
  }

  #later(delayMs: number): void {
    this.#stopTimer = this.#deps.clock.after(delayMs, () => this.#onTime());
  }

  async #onTime(): Promise<void> {
    const { link } = this.#deps;
    let isMore = false;
    try {
      if (link.ready) isMore = await this.sweep();
    } catch (error) {
      if (link.ready) link.report(error, "sweep");
    }
    if (this.#stopTimer !== undefined) {
      this.#later(isMore ? PAUSE_MS : SWEEP_MS);
    }
  }
}
