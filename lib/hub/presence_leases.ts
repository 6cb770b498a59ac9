/** Presence leases of this node's subscribers, and their joins and leaves. */

import type { Broker } from "../broker/types.ts";
import type { Clock } from "../base/clock.ts";
import { type Log, logFailure } from "../base/log.ts";
import type { Presence } from "../presence/types.ts";
import type { PublicationType } from "../base/publication.ts";
import type { Subscription } from "./subscription.ts";

/** A lease is renewed this many times before it would expire. */
const RENEWALS = 3;

/** Visibility of a subscriber to others. */
export interface Visibility {
  /** True if it is listed as present. */
  readonly presence: boolean;
  /** True if its join and its leave are published. */
  readonly joinLeave: boolean;
}

interface Member extends Visibility {
  readonly subscription: Subscription;
  /** True if its join was published. */
  announced: boolean;
}

/** Parts that the leases are kept with. */
export interface PresenceLeasesDeps {
  readonly presence: Presence;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the presence of this node's subscribers. */
export class PresenceLeases {
  /** By channel and client: a connection may come back while a lease of its last subscription is on its way. */
  readonly #visible = new Map<string, Member>();
  readonly #deps: PresenceLeasesDeps;
  #stop: (() => void) | undefined;

  constructor(deps: PresenceLeasesDeps) {
    this.#deps = deps;
  }

  /** Begins to renew leases; {@linkcode stop} ends it. */
  start(): void {
    const { clock, presence } = this.#deps;
    this.#stop = clock.every(presence.ttlMs / RENEWALS, () => this.renew());
  }

  /** Stops the renewal. */
  stop(): void {
    this.#stop?.();
  }

  /** Lists a subscriber as present, now or when the promise resolves. */
  enter(
    subscription: Subscription,
    visibility: Visibility,
  ): void | Promise<void> {
    if (!visibility.presence && !visibility.joinLeave) return;
    const member = { ...visibility, subscription, announced: false };
    this.#visible.set(keyOf(subscription), member);
    if (visibility.presence) return this.#add(subscription);
  }

  /** Publishes the join of a subscriber. */
  announce(subscription: Subscription): void {
    const member = this.#find(subscription);
    if (!member?.joinLeave) return;
    member.announced = true;
    this.#publish("join", subscription);
  }

  /** Takes a subscriber off the list, and publishes its leave. */
  leave(subscription: Subscription): void {
    const member = this.#find(subscription);
    if (member === undefined) return;
    this.#visible.delete(keyOf(subscription));
    if (member.presence) this.#observe(this.#remove(subscription));
    if (member.announced) this.#publish("leave", subscription);
  }

  /** Renews the leases of these channels, or all: at their time, or because some may have expired. */
  renew(channels?: readonly string[]): void {
    const names = channels && new Set(channels);
    for (const { subscription, presence } of this.#visible.values()) {
      const isMeant = names?.has(subscription.channel) ?? true;
      if (presence && isMeant) this.#observe(this.#add(subscription));
    }
  }

  #find(subscription: Subscription): Member | undefined {
    if (this.#visible.size === 0) return undefined;
    const member = this.#visible.get(keyOf(subscription));
    return member?.subscription === subscription ? member : undefined;
  }

  async #add(subscription: Subscription): Promise<void> {
    const { channel, info } = subscription;
    await this.#deps.presence.add(channel, info);
    // It may have left while the lease was on its way, which the next one may have now.
    const isWanted = this.#visible.get(keyOf(subscription))?.presence === true;
    if (!isWanted) await this.#remove(subscription);
  }

  #remove({ channel, info }: Subscription): Promise<void> {
    return this.#deps.presence.remove(channel, info.client);
  }

  #publish(type: PublicationType, { channel, info }: Subscription): void {
    const published = this.#deps.broker.publish({
      type,
      channel,
      info,
      payload: "",
    });
    if (published instanceof Promise) this.#observe(published);
  }

  #observe(done: Promise<unknown>): void {
    done.catch((error) => logFailure(this.#deps, "presence_failed", { error }));
  }
}

/** Key of a subscription: no name has a line break, so no two pairs have the same. */
function keyOf({ channel, info }: Subscription): string {
  return `${channel}\n${info.client}`;
}
