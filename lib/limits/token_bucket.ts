/** Token bucket: lets a rate through, and bursts of a bounded size. */

/** Tokens that flow into a bucket, and the most that it holds. */
export interface Rate {
  /** Tokens per second. */
  readonly perSecond: number;
  /** Tokens of a full bucket. */
  readonly burst: number;
}

/**
 * Makes a rate whose bucket holds what flows in during `burstMs`, one token at least;
 * `undefined`, which is no limit, for 0 per second.
 */
export function rateOf(perSecond: number, burstMs: number): Rate | undefined {
  if (perSecond === 0) return undefined;
  return { perSecond, burst: Math.max(perSecond * burstMs / 1_000, 1) };
}

/** A bucket of tokens, full at first. The time is a parameter, in milliseconds, and may stand still but not go back. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  /** Makes a full bucket. */
  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /**
   * Takes `cost` tokens; `false`, and takes none, if there are too few. A cost above
   * the burst is taken from a full bucket, and owed.
   */
  take(now: number, cost = 1): boolean {
    if (now !== this.#at) this.#refill(now);
    if (this.#tokens < cost && this.#tokens < this.#rate.burst) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Takes `cost` tokens that are owed where they are missing: what has happened cannot be refused. */
  charge(now: number, cost: number): void {
    if (now !== this.#at) this.#refill(now);
    this.#tokens -= cost;
  }

  /** Milliseconds until nothing is owed; 0 if nothing is. */
  owedMs(now: number): number {
    if (now !== this.#at) this.#refill(now);
    return Math.max(-this.#tokens, 0) * 1_000 / this.#rate.perSecond;
  }

  /** True if a new bucket would hold no more. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#rate.burst;
  }

  #refill(now: number): void {
    const { perSecond, burst } = this.#rate;
    const gained = (now - this.#at) * perSecond / 1_000;
    this.#tokens = Math.min(this.#tokens + gained, burst);
    this.#at = now;
  }
}
