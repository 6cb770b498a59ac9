/** Parties: the connections of one uid, or of one address, which share their limits. */

import { ClientRates } from "./client_rates.ts";
import type { RateTable } from "./rate_limits.ts";
import { type Rate, TokenBucket } from "./token_bucket.ts";

/** Parties after which those that are over are looked for, at least. */
const MIN_SWEEP = 1_024;

/** Limits of each party. */
export interface PartyLimits {
  /** Number of connections. */
  readonly maxConnections: number;
  /** Rates of all its connections together. */
  readonly rates: RateTable;
  /** Connections that may begin per second; `undefined` is no limit. */
  readonly connects?: Rate;
}

/** One of them. */
export class Party {
  /** Number of connections that have entered and not left. */
  connections = 0;
  /** Rates of all of them. */
  readonly rates: ClientRates;
  readonly #limits: PartyLimits;
  readonly #connects: TokenBucket | undefined;

  /** Called by {@linkcode Parties}. */
  constructor(limits: PartyLimits, now: number) {
    const { rates, connects } = limits;
    this.#limits = limits;
    this.rates = new ClientRates(rates, now);
    this.#connects = connects && new TokenBucket(connects, now);
  }

  /** Counts one more connection; `false` if there are as many as there may be. */
  enter(): boolean {
    if (this.connections >= this.#limits.maxConnections) return false;
    this.connections++;
    return true;
  }

  /** Counts one less. */
  leave(): void {
    this.connections--;
  }

  /** Counts an attempt to connect; `false` if it is above the rate. */
  takeConnect(now: number): boolean {
    return this.#connects?.take(now) ?? true;
  }

  /** True if nothing would change if it was forgotten. */
  isOver(now: number): boolean {
    return this.connections === 0 && this.rates.isFresh(now) &&
      (this.#connects?.isFull(now) ?? true);
  }
}

/** The parties of a node, by uid or by address. One that has left is kept as long as its rates remember it. */
export class Parties {
  readonly #limits: PartyLimits;
  readonly #parties = new Map<string, Party>();
  #sweepAt = MIN_SWEEP;

  /** Takes the limits of each party. */
  constructor(limits: PartyLimits) {
    this.#limits = limits;
  }

  /** Number of parties. */
  get size(): number {
    return this.#parties.size;
  }

  /** Finds the party of a uid or an address, or makes it. */
  of(name: string, now: number): Party {
    const known = this.#parties.get(name);
    if (known !== undefined) return known;
    if (this.#parties.size >= this.#sweepAt) this.#sweep(now);
    const party = new Party(this.#limits, now);
    this.#parties.set(name, party);
    return party;
  }

  #sweep(now: number): void {
    for (const [name, party] of this.#parties) {
      if (party.isOver(now)) this.#parties.delete(name);
    }
    // Each is looked at about twice in its life, however many there are.
    this.#sweepAt = Math.max(this.#parties.size * 2, MIN_SWEEP);
  }
}
