/** What this node has and would have to tell another sequencer: its subscriptions, its leases, and what it has published with a key. */

import type { Clock } from "../../base/clock.ts";
import type { ClientInfo } from "../../base/publication.ts";
import { Idempotency } from "../memory/idempotency.ts";
import type { Published, PublishRequest } from "../types.ts";
import type { Held, Lease } from "./messages.ts";

/** Keys that a node remembers at most, the newest. */
const MAX_KEYS = 10_000;

/** One channel that this node is subscribed to. */
export interface Subscription {
  /** Whether the sequencer has said so; what arrives before belongs to an earlier subscription. */
  confirmed: boolean;
  /** Resolves once the sequencer has answered; `undefined` when that took too long. */
  ready: Promise<void> | undefined;
}

/** What a node holds while another one is the sequencer. */
export class Holdings {
  readonly #subscriptions = new Map<string, Subscription>();
  /** By channel, then by client. */
  readonly #leases = new Map<string, Map<string, ClientInfo>>();
  readonly #keys: Idempotency;
  #handedOver = false;

  constructor(clock: Clock) {
    this.#keys = new Idempotency(clock, MAX_KEYS);
  }

  /** The subscription of a channel, if there is one. */
  get(channel: string): Subscription | undefined {
    return this.#subscriptions.get(channel);
  }

  /** Whether what arrives for a channel is to be delivered. */
  isConfirmed(channel: string): boolean {
    return this.#subscriptions.get(channel)?.confirmed === true;
  }

  /** Subscriptions that are not confirmed yet. */
  unconfirmed(): readonly Subscription[] {
    return [...this.#subscriptions.values()].filter(({ confirmed }) =>
      !confirmed
    );
  }

  /** Takes note that this node has subscribers of a channel. */
  subscribe(channel: string, subscription: Subscription): void {
    if (this.#handedOver) return;
    this.#subscriptions.set(channel, subscription);
  }

  /** Takes note that it has none any more. */
  unsubscribe(channel: string): void {
    this.#subscriptions.delete(channel);
  }

  /** Takes note that this node has put a client into a channel. */
  enter({ channel, info }: Lease): void {
    if (this.#handedOver) return;
    const clients = this.#leases.get(channel) ?? new Map<string, ClientInfo>();
    clients.set(info.client, info);
    this.#leases.set(channel, clients);
  }

  /** Takes note that it has taken a client out. */
  leave(channel: string, client: string): void {
    const clients = this.#leases.get(channel);
    clients?.delete(client);
    if (clients?.size === 0) this.#leases.delete(channel);
  }

  /** Takes note of what has become of a draft with a key. */
  note(draft: PublishRequest, published: Published): void {
    if (!this.#handedOver) this.#keys.note(draft, published);
  }

  /** Gives all of it to this node's own sequencer, for good; from now on nothing is noted here. */
  handOver(): Held {
    const held = this.list();
    this.#subscriptions.clear();
    this.#leases.clear();
    this.#keys.clear();
    this.#handedOver = true;
    return held;
  }

  /** All of it, for another node's sequencer. */
  list(): Held {
    const leases = [...this.#leases].flatMap(([channel, clients]) =>
      [...clients.values()].map((info) => ({ channel, info }))
    );
    const channels = [...this.#subscriptions.keys()];
    return { channels, leases, keys: this.#keys.list() };
  }
}
