/** Groups of clients: those of one uid, or of one address, which share their limits. */

import { ClientRates, type RateTable } from "./client_rates.ts";
import { type Rate, TokenBucket } from "./token_bucket.ts";

/** Groups above which those that are over are looked for, at least. */
const MIN_SWEEP = 1_024;

/** Attempts to connect that the end of a flood counts as: a client that comes back at once is not to do the same again. */
const CONNECTS_PER_FLOOD = 40;

/** Limits of each group. */
export interface GroupLimits {
  /** Number of connections. */
  readonly maxConnections: number;
  /** Rates of all its connections together. */
  readonly rates: RateTable;
  /** Connections that may begin per second; `undefined` is no limit. */
  readonly connects?: Rate;
}

/** The clients of one uid or address. */
export class ClientGroup {
  /** The uid, or the address. */
  readonly name: string;
  /** Number of connections that have entered and not left. */
  connections = 0;
  /** Rates of all of them. */
  readonly rates: ClientRates;
  readonly #limits: GroupLimits;
  readonly #connects: TokenBucket | undefined;

  /** Called by {@linkcode ClientGroups}. */
  constructor(name: string, limits: GroupLimits) {
    const { rates, connects } = limits;
    this.name = name;
    this.#limits = limits;
    this.rates = new ClientRates(rates);
    this.#connects = connects && new TokenBucket(connects, rates.time.now);
  }

  /** True if there are as many connections as there may be. */
  get isFull(): boolean {
    return this.connections >= this.#limits.maxConnections;
  }

  /** Counts one more connection; `false` if there are as many as there may be. */
  enter(): boolean {
    if (this.isFull) return false;
    this.connections++;
    return true;
  }

  /** Counts one less. */
  leave(): void {
    this.connections--;
  }

  /** Counts the end of a connection that has asked for too much: the next ones have to come later. */
  chargeFlood(): void {
    this.rates.chargeFlood();
    this.#connects?.charge(this.#limits.rates.time.now, CONNECTS_PER_FLOOD);
  }

  /** Counts an attempt to connect; `false` if it is above the rate. */
  takeConnect(): boolean {
    return this.#connects?.take(this.#limits.rates.time.now) ?? true;
  }

  /** True if nothing would change if it was forgotten. */
  get isOver(): boolean {
    return this.connections === 0 && this.rates.isFresh &&
      (this.#connects?.isFull(this.#limits.rates.time.now) ?? true);
  }
}

/** The groups of a node, by uid or by address. One that has left is kept as long as its rates count something. */
export class ClientGroups {
  readonly #limits: GroupLimits;
  readonly #groups = new Map<string, ClientGroup>();
  #sweepAt = MIN_SWEEP;

  /** Takes the limits of each group. */
  constructor(limits: GroupLimits) {
    this.#limits = limits;
  }

  /** Number of groups. */
  get size(): number {
    return this.#groups.size;
  }

  /** Finds the group of a uid or an address, or makes it. */
  of(name: string): ClientGroup {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    if (this.#groups.size >= this.#sweepAt) this.#sweep();
    const group = new ClientGroup(name, this.#limits);
    this.#groups.set(name, group);
    return group;
  }

  #sweep(): void {
    for (const [name, group] of this.#groups) {
      if (group.isOver) this.#groups.delete(name);
    }
    // Each is looked at about twice in its life, however many there are.
    this.#sweepAt = Math.max(this.#groups.size * 2, MIN_SWEEP);
  }
}
