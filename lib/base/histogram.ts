/** Histogram of durations, and the sampler that fills it on a hot path. */

import type { Clock } from "./clock.ts";

/** Upper bounds of the buckets, in seconds: from ten microseconds to five seconds. */
export const DURATION_BOUNDS: readonly number[] = Object.freeze([
  0.00001,
  0.000025,
  0.00005,
  0.0001,
  0.00025,
  0.0005,
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  5,
]);

/** Counts of durations by bucket, in fixed memory. */
export class Histogram {
  /** Durations in each bucket alone; the last one has those above every bound. */
  readonly counts: Float64Array = new Float64Array(DURATION_BOUNDS.length + 1);
  /** Sum of all durations, in seconds. */
  sum = 0;

  /** Adds a duration in milliseconds; one that is negative counts as 0. */
  addMs(durationMs: number): void {
    const seconds = durationMs > 0 ? durationMs / 1_000 : 0;
    let index = 0;
    while (
      index < DURATION_BOUNDS.length && seconds > DURATION_BOUNDS[index]!
    ) index++;
    this.counts[index]!++;
    this.sum += seconds;
  }
}

/** One of so many calls is timed, for two looks at the clock cost as much as a short publish; a power of 2. */
export const SAMPLE_EVERY = 16;
/** Start of a call that is not timed. */
const UNTIMED = -1;

/** Times one of {@linkcode SAMPLE_EVERY} calls, the first one included. */
export class Sampler {
  /** Durations of the timed calls. */
  readonly histogram: Histogram = new Histogram();
  /** Number of all calls. */
  calls = 0;
  readonly #clock: Clock;

  /** Takes the time from `clock`. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call that begins; the result is for {@linkcode end}. */
  begin(): number {
    return (this.calls++ & (SAMPLE_EVERY - 1)) === 0
      ? this.#clock.now
      : UNTIMED;
  }

  /** Adds a call that has ended, if it is one of the timed. */
  end(startedAt: number): void {
    if (startedAt !== UNTIMED) {
      this.histogram.addMs(this.#clock.now - startedAt);
    }
  }

  /** Adds a call that ends with its result: now, or once a promise has settled. */
  endWith(startedAt: number, result: unknown): void {
    if (startedAt === UNTIMED) return;
    if (!(result instanceof Promise)) return this.end(startedAt);
    const end = () => this.end(startedAt);
    result.then(end, end);
  }
}
