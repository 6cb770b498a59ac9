/** Admission of clients: how many transports this node holds open, of whom, and how fast clients are let in. */

import type { Clock } from "../base/clock.ts";
import { addressName } from "../limits/client_address.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import { Parties, type Party } from "../limits/parties.ts";
import { rateTableOf } from "../limits/rate_limits.ts";
import type { Refusals } from "../limits/refusals.ts";
import { rateOf, TokenBucket } from "../limits/token_bucket.ts";
import { HandshakeQueue } from "./handshake_queue.ts";
import type { RateGuard } from "./rate_guard.ts";

/** Places beyond the bound, for transports that end with their request. */
const RESERVE = 64;

/** Parts of the admission. */
export interface AdmissionOptions {
  /** Numbers of transports, and rates. */
  readonly limits: HubLimits;
  /** Time in milliseconds. */
  readonly time: { readonly now: number };
  /** Calls back in the next turn of the event loop. */
  readonly clock: Pick<Clock, "soon">;
  /** Counters of those that are refused. */
  readonly counters: { readonly refusals: Refusals };
}

/** Place of one transport. */
export interface Place {
  /** The clients of its address, where that is known. */
  readonly party: Party | undefined;
  /** Gives it back; may be called again. */
  leave(): void;
}

/** Connection that is counted among those of its uid. */
export interface UserConnection {
  /** Its uid; `undefined` until it has one. */
  readonly uid: string | undefined;
  /** The connections of its uid, once it has one. */
  user: Party | undefined;
  /** Rates of what its client sends. */
  readonly rates: RateGuard;
}

/**
 * Counts transports from the handshake to their very end. A client that stops
 * reading cannot be cut off: its transport counts until the network gives it up,
 * although the hub has forgotten the connection.
 */
export class Admission {
  /** Transports that have entered and not left. */
  count = 0;
  /** Those whose connection the hub has closed some time ago, and whose client does not let go. */
  zombies = 0;
  /** Order of the clients that are let in. */
  readonly handshakes: HandshakeQueue;
  readonly #maxConnections: number;
  readonly #maxZombies: number;
  readonly #users: Parties;
  readonly #addresses: Parties;
  readonly #connects: TokenBucket | undefined;
  readonly #time: { readonly now: number };
  readonly #refusals: Refusals;

  /** Makes room for `maxConnections` transports. */
  constructor({ limits, time, clock, counters }: AdmissionOptions) {
    const { connectBurstMs, connectRate, connectRatePerAddress } = limits;
    this.handshakes = new HandshakeQueue(clock);
    const connects = rateOf(connectRate, connectBurstMs);
    this.#maxConnections = limits.maxConnections;
    this.#maxZombies = limits.maxZombies;
    this.#users = new Parties({
      maxConnections: limits.maxConnectionsPerUser,
      rates: rateTableOf(limits, limits.userRateFactor),
    });
    this.#connects = connects && new TokenBucket(connects, time.now);
    this.#addresses = new Parties({
      maxConnections: limits.maxConnectionsPerAddress,
      rates: rateTableOf(limits, limits.userRateFactor),
      connects: rateOf(connectRatePerAddress, limits.rateBurstMs),
    });
    this.#time = time;
    this.#refusals = counters.refusals;
  }

  /** True if every place is taken, or there are too many zombies. */
  get full(): boolean {
    return this.count >= this.#maxConnections ||
      this.zombies > this.#maxZombies;
  }

  /**
   * Counts a client that wants to connect, before anything is done for it; `false` if
   * too many of its address do, or of all.
   */
  letIn(address?: string): boolean {
    const { now } = this.#time;
    if (this.#partyOf(address)?.takeConnect(now) === false) {
      this.#refusals.connectRatePerAddress++;
      return false;
    }
    if (this.#connects?.take(now) ?? true) return true;
    this.#refusals.connectRate++;
    return false;
  }

  /** Takes a place; `undefined` if all are taken, or all of the address. */
  enter(address?: string): Place | undefined {
    return this.full ? undefined : this.#enter(address, this.#maxConnections);
  }

  /**
   * Takes a place for a single request, also where every place is taken: clients
   * that hold one have to be able to send. `undefined` when the reserve of 64 is used up too.
   */
  enterBriefly(address?: string): Place | undefined {
    return this.#enter(address, this.#maxConnections + RESERVE);
  }

  /** Counts a client for which there was no place. */
  countRefusal(): void {
    if (this.full) this.#refusals.connections++;
    else this.#refusals.connectionsPerAddress++;
  }

  /** Counts a connection among those of its uid; `false` if there are as many as there may be. */
  joinUser(connection: UserConnection, uid: string | undefined): boolean {
    const { uid: known, user, rates } = connection;
    if (uid === undefined || (uid === known && user !== undefined)) return true;
    const party = this.#users.of(uid, this.#time.now);
    if (!party.enter()) {
      this.#refusals.connectionsPerUser++;
      return false;
    }
    user?.leave();
    connection.user = party;
    rates.share(party);
    return true;
  }

  #enter(address: string | undefined, places: number): Place | undefined {
    if (this.count >= places) return undefined;
    const party = this.#partyOf(address);
    if (party?.enter() === false) return undefined;
    this.count++;
    let isIn = true;
    const leave = () => {
      if (!isIn) return;
      isIn = false;
      this.count--;
      party?.leave();
    };
    return { party, leave };
  }

  #partyOf(address: string | undefined): Party | undefined {
    if (address === undefined) return undefined;
    return this.#addresses.of(addressName(address), this.#time.now);
  }
}
