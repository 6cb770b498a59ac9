/** A histogram of durations whose buckets keep about 3 % precision at any size. */

const SUB_BUCKETS = 32;
const OCTAVES = 32;

/** Index of the bucket that holds `units`: linear inside each power of two. */
function bucketOf(units: number): number {
  if (units < SUB_BUCKETS) return units;
  const octave = 31 - Math.clz32(units) - Math.log2(SUB_BUCKETS);
  return octave * SUB_BUCKETS + (units >>> octave);
}

/** The middle of the durations that share bucket `index`. */
function valueOf(index: number): number {
  if (index < 2 * SUB_BUCKETS) return index;
  const octave = Math.floor(index / SUB_BUCKETS) - 1;
  const lowest = (index - octave * SUB_BUCKETS) * 2 ** octave;
  return lowest + 2 ** octave / 2;
}

/** Counts durations, and tells below which one a given share of them lies. */
export class Histogram {
  readonly #counts = new Uint32Array(OCTAVES * SUB_BUCKETS);
  #total = 0;

  /** How many durations were recorded. */
  get total(): number {
    return this.#total;
  }

  /** Adds one duration, kept in whole microseconds. */
  record(durationMs: number): void {
    const units = Math.min(Math.max(0, Math.round(durationMs * 1000)), 2 ** 31);
    const index = Math.min(bucketOf(units), this.#counts.length - 1);
    this.#counts[index]! += 1;
    this.#total += 1;
  }

  /** The duration in milliseconds that `share` (0 to 1) of all do not exceed. */
  quantileMs(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.#total));
    for (let index = 0; index < this.#counts.length; index++) {
      left -= this.#counts[index]!;
      if (left <= 0) return valueOf(index) / 1000;
    }
    return NaN;
  }

  /** Forgets everything recorded so far. */
  reset(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }
}
