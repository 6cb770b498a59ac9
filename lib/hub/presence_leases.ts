/** Who comes to and goes from channels: presence leases, joins and leaves. */

import type { Broker } from "../broker/types.ts";
import type { Clock } from "../base/clock.ts";
import { levelOfFailure, type Log } from "../base/log.ts";
import type { Presence } from "../presence/types.ts";
import type { PublicationType } from "../base/publication.ts";
import type { Subscription } from "./subscription.ts";

/** A lease is renewed this many times before it would expire. */
const RENEWALS = 3;

/** What others learn of a subscriber. */
export interface Visibility {
  /** Whether it is listed as present. */
  readonly presence: boolean;
  /** Whether the others are told when it comes and goes. */
  readonly joinLeave: boolean;
}

interface Member extends Visibility {
  readonly subscription: Subscription;
  /** Whether the others were told that it has come. */
  announced: boolean;
}

/** What attendance is kept with. */
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
    this.#stop = clock.every(presence.ttlMs / RENEWALS, () => this.#renew());
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#stop?.();
  }

  /** Lists a subscriber as present; resolves when it is. */
  async enter(
    subscription: Subscription,
    visibility: Visibility,
  ): Promise<void> {
    if (!visibility.presence && !visibility.joinLeave) return;
    const member = { ...visibility, subscription, announced: false };
    this.#visible.set(keyOf(subscription), member);
    if (visibility.presence) await this.#add(subscription);
  }

  /** Tells the channel that a subscriber has come. */
  announce(subscription: Subscription): void {
    const member = this.#find(subscription);
    if (!member?.joinLeave) return;
    member.announced = true;
    this.#tell("join", subscription);
  }

  /** Takes a subscriber off the list, and tells the channel that it has gone. */
  leave(subscription: Subscription): void {
    const member = this.#find(subscription);
    if (member === undefined) return;
    this.#visible.delete(keyOf(subscription));
    if (member.presence) this.#observe(this.#remove(subscription));
    if (member.announced) this.#tell("leave", subscription);
  }

  #find(subscription: Subscription): Member | undefined {
    const member = this.#visible.get(keyOf(subscription));
    return member?.subscription === subscription ? member : undefined;
  }

  #renew(): void {
    for (const { subscription, presence } of this.#visible.values()) {
      if (presence) this.#observe(this.#add(subscription));
    }
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

  #tell(type: PublicationType, { channel, info }: Subscription): void {
    const published = this.#deps.broker.publish({
      type,
      channel,
      info,
      payload: "",
    });
    if (published instanceof Promise) this.#observe(published);
  }

  #observe(done: Promise<unknown>): void {
    const { broker, log } = this.#deps;
    done.catch((error) =>
      log[levelOfFailure(broker)]("presence_failed", { error })
    );
  }
}

/** No name has a line break, so no two pairs look the same. */
function keyOf({ channel, info }: Subscription): string {
  return `${channel}\n${info.client}`;
}
