/** Rates of one client: a token bucket for its messages, one for their bytes, and one for each kind of command that it uses. */

import type { CommandLimit } from "./channel_rates.ts";
import type { CommandRate, RateTable } from "./rate_limits.ts";
import { type Rate, TokenBucket } from "./token_bucket.ts";

/** Limit that a message is above; `undefined` if it is within all. */
export type Exceeded = "messages" | "bytes" | undefined;

/** Counts what one client does, or several that share their limits. Times are in milliseconds. */
export class ClientRates {
  /** Rates that this client shares with others; both have to let a message through. */
  shared: ClientRates | undefined = undefined;
  readonly #table: RateTable;
  readonly #messages: TokenBucket | undefined;
  readonly #bytes: TokenBucket | undefined;
  /** Most clients use few of them. */
  #buckets: Map<Rate, TokenBucket> | undefined;

  /** Begins to count. */
  constructor(table: RateTable, now: number) {
    this.#table = table;
    this.#messages = table.messages && new TokenBucket(table.messages, now);
    this.#bytes = table.bytes && new TokenBucket(table.bytes, now);
  }

  /** Counts a message of `bytes`; returns the rate that it is above. */
  takeMessage(now: number, bytes: number): Exceeded {
    if (this.#messages?.take(now) === false) return "messages";
    if (this.#bytes?.take(now, bytes) === false) return "bytes";
    return this.shared?.takeMessage(now, bytes);
  }

  /** Counts messages that have come in the frame of another one. */
  chargeMessages(now: number, count: number): void {
    this.#messages?.charge(now, count);
    this.shared?.chargeMessages(now, count);
  }

  /** Counts a command by its own rate, or by that of its channel; `false` if it is above. */
  takeCommand(now: number, kind: CommandRate, limit?: CommandLimit): boolean {
    const rate = limit === undefined ? this.#table[kind] : limit.own;
    if (!this.#take(now, rate)) return false;
    if (this.shared === undefined) return true;
    const together = limit && { own: limit.shared, shared: limit.shared };
    return this.shared.takeCommand(now, kind, together);
  }

  /** Counts a refusal; `false` if there are more than a client may cause. */
  takeRefusal(now: number): boolean {
    return this.#take(now, this.#table.refusals) &&
      (this.shared?.takeRefusal(now) ?? true);
  }

  /** True if it counts nothing that a new one would not. */
  isFresh(now: number): boolean {
    const buckets = this.#buckets?.values() ?? [];
    return [this.#messages, this.#bytes, ...buckets]
      .every((bucket) => bucket?.isFull(now) ?? true);
  }

  #take(now: number, rate: Rate | undefined): boolean {
    if (rate === undefined) return true;
    let bucket = this.#buckets?.get(rate);
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, now);
      (this.#buckets ??= new Map()).set(rate, bucket);
    }
    return bucket.take(now);
  }
}
