/** Attempts to log in: few of one address, and not many of all. */

import { TokenBucket } from "../../lib/limits/token_bucket.ts";

/** Attempts of one address: five at once, then one in ten seconds. */
const PER_ADDRESS = { perSecond: 0.1, burst: 5 };
/** Attempts of all addresses. */
const IN_ALL = { perSecond: 2, burst: 20 };
/** Addresses that are remembered at most. */
const MAX_ADDRESSES = 1_024;

/**
 * Counts the attempts of this node. Those of no known address count in all alone: a
 * bucket that they shared would let one stranger shut out everybody behind a proxy.
 */
export class LoginAttempts {
  readonly #inAll: TokenBucket;
  readonly #addresses = new Map<string, TokenBucket>();

  /** Begins at a time in milliseconds. */
  constructor(now: number) {
    this.#inAll = new TokenBucket(IN_ALL, now);
  }

  /** Counts an attempt; `false` if there were too many. */
  take(now: number, address?: string): boolean {
    const isFew = address === undefined ||
      this.#bucketOf(address, now).take(now);
    return isFew && this.#inAll.take(now);
  }

  #bucketOf(address: string, now: number): TokenBucket {
    const known = this.#addresses.get(address);
    if (known !== undefined) return known;
    if (this.#addresses.size >= MAX_ADDRESSES) this.#forget(now);
    const bucket = new TokenBucket(PER_ADDRESS, now);
    this.#addresses.set(address, bucket);
    return bucket;
  }

  /** Forgets the addresses that may begin anew, or if there are none the oldest. */
  #forget(now: number): void {
    for (const [address, bucket] of this.#addresses) {
      if (bucket.isFull(now)) this.#addresses.delete(address);
    }
    if (this.#addresses.size < MAX_ADDRESSES) return;
    const [oldest = ""] = this.#addresses.keys();
    this.#addresses.delete(oldest);
  }
}
