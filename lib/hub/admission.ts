/** Admission of clients: how many transports this node holds open, of whom, and how fast clients are let in. */

import { type Disconnect, disconnects } from "../base/disconnect.ts";
import type { Identity } from "./identity.ts";
import { addressName } from "../limits/client_address.ts";
import { type ClientGroup, ClientGroups } from "../limits/client_groups.ts";
import { type ClientRates, RateTable } from "../limits/client_rates.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import type { Refusals } from "../limits/refusals.ts";
import { rateOf, TokenBucket } from "../limits/token_bucket.ts";

/** Places beyond the bound, for transports that end with their request. */
const RESERVE = 64;

/** Parts of the admission. */
export interface AdmissionOptions {
  /** Numbers of transports, and rates. */
  readonly limits: HubLimits;
  /** Time in milliseconds. */
  readonly time: { readonly now: number };
  /** Counters of those that are refused. */
  readonly counters: { readonly refusals: Refusals };
}

/** Slot of one transport. */
export class ConnectionSlot {
  /** The clients of its address, where that is known. */
  readonly group: ClientGroup | undefined;
  /** The admission that it is a slot of; `undefined` once it was given back. */
  #admission: Admission | undefined;

  /** Called by the admission, which counts it. */
  constructor(admission: Admission, group: ClientGroup | undefined) {
    this.#admission = admission;
    this.group = group;
  }

  /** Gives it back; may be called again. */
  leave(): void {
    if (this.#admission === undefined) return;
    this.#admission.count--;
    this.#admission = undefined;
    this.group?.leave();
  }
}

/** Connection that is counted among those of its uid. */
export interface UserConnection {
  /** Its uid; `undefined` until it has one. */
  readonly uid: string | undefined;
  /** The connections of its uid, once it has one. */
  user: ClientGroup | undefined;
  /** Rates of what its client sends. */
  readonly rates: ClientRates;
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
  readonly #maxConnections: number;
  readonly #maxZombies: number;
  readonly #users: ClientGroups;
  readonly #addresses: ClientGroups;
  readonly #connects: TokenBucket | undefined;
  readonly #time: { readonly now: number };
  readonly #refusals: Refusals;

  /** Makes room for `maxConnections` transports. */
  constructor({ limits, time, counters }: AdmissionOptions) {
    const { refusals } = counters;
    const { connectBurstMs, connectRate, connectRatePerAddress } = limits;
    const factor = limits.userRateFactor;
    const rates = new RateTable({ limits, time, refusals, factor });
    const connects = rateOf(connectRate, connectBurstMs);
    this.#maxConnections = limits.maxConnections;
    this.#maxZombies = limits.maxZombies;
    this.#users = new ClientGroups({
      maxConnections: limits.maxConnectionsPerUser,
      rates,
    });
    this.#connects = connects && new TokenBucket(connects, time.now);
    this.#addresses = new ClientGroups({
      maxConnections: limits.maxConnectionsPerAddress,
      rates,
      connects: rateOf(connectRatePerAddress, limits.rateBurstMs),
    });
    this.#time = time;
    this.#refusals = refusals;
  }

  /** True if every slot is taken, or there are too many zombies. */
  get full(): boolean {
    return this.count >= this.#maxConnections ||
      this.zombies > this.#maxZombies;
  }

  /** True if there is no slot for a client of this address. */
  isFullFor(address: string | undefined): boolean {
    return this.full || this.#groupOf(address)?.isFull === true;
  }

  /**
   * Counts a client that wants to connect, before anything is done for it; `false` if
   * too many of its address do, or of all.
   */
  admit(address?: string): boolean {
    if (this.#groupOf(address)?.takeConnect() === false) {
      this.#refusals.connectRatePerAddress++;
      return false;
    }
    if (this.#connects?.take(this.#time.now) ?? true) return true;
    this.#refusals.connectRate++;
    return false;
  }

  /** Takes a slot; `undefined` if all are taken, or all of the address. */
  enter(address?: string): ConnectionSlot | undefined {
    return this.full ? undefined : this.#enter(address, this.#maxConnections);
  }

  /**
   * Takes a slot for a single request, also where every slot is taken: clients
   * that hold one have to be able to send. `undefined` when the reserve of 64 is used up too.
   */
  enterBriefly(address?: string): ConnectionSlot | undefined {
    return this.#enter(address, this.#maxConnections + RESERVE);
  }

  /** Counts a request that has no slot as a message of its address; `false` if it is above a rate. */
  takeRequest(address: string | undefined, bytes: number): boolean {
    const exceeded = this.#groupOf(address)?.rates.takeMessage(bytes);
    if (exceeded === undefined) return true;
    this.#refusals[exceeded]++;
    return false;
  }

  /** Counts a client for which there was no slot. */
  countRefusal(): void {
    if (this.full) this.#refusals.connections++;
    else this.#refusals.connectionsPerAddress++;
  }

  /** Counts a connection among those of its uid; returns why it has to end, where it has. */
  joinUser(
    connection: UserConnection,
    { uid, claimed = false }: Pick<Identity, "uid" | "claimed">,
  ): Disconnect | undefined {
    const { uid: known, user, rates } = connection;
    if (uid === undefined) return;
    rates.isVouchedFor = !claimed;
    if (uid === known && user !== undefined) return;
    const group = this.#users.of(uid);
    if (group.rates.isFlooding) {
      this.#refusals.flood++;
      return disconnects.tooManyRequests;
    }
    if (!group.enter()) {
      this.#refusals.connectionsPerUser++;
      return disconnects.connectionLimit;
    }
    user?.leave();
    connection.user = group;
    rates.group = group.rates;
  }

  #enter(
    address: string | undefined,
    slots: number,
  ): ConnectionSlot | undefined {
    if (this.count >= slots) return undefined;
    const group = this.#groupOf(address);
    if (group?.enter() === false) return undefined;
    this.count++;
    return new ConnectionSlot(this, group);
  }

  #groupOf(address: string | undefined): ClientGroup | undefined {
    if (address === undefined) return undefined;
    return this.#addresses.of(addressName(address));
  }
}
