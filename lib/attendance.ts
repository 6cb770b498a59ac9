/** Who comes to and goes from channels: presence leases, joins and leaves. */

import type { Broker } from "./broker/types.ts";
import type { Clock } from "./clock.ts";
import { levelOfFailure, type Log } from "./log.ts";
import type { Presence } from "./presence/types.ts";
import type { PublicationType } from "./publication.ts";
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

interface Attendee extends Visibility {
  readonly subscription: Subscription;
  /** Whether the others were told that it has come. */
  announced: boolean;
}

/** What attendance is kept with. */
export interface AttendanceDeps {
  readonly presence: Presence;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the presence of this node's subscribers. */
export class Attendance {
  /** By channel and client: a connection may come back while a lease of its last subscription is on its way. */
  readonly #visible = new Map<string, Attendee>();
  readonly #deps: AttendanceDeps;
  #stop: (() => void) | undefined;

  constructor(deps: AttendanceDeps) {
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
    const attendee = { ...visibility, subscription, announced: false };
    this.#visible.set(keyOf(subscription), attendee);
    if (visibility.presence) await this.#add(subscription);
  }

  /** Tells the channel that a subscriber has come. */
  announce(subscription: Subscription): void {
    const attendee = this.#find(subscription);
    if (!attendee?.joinLeave) return;
    attendee.announced = true;
    this.#tell("join", subscription);
  }

  /** Takes a subscriber off the list, and tells the channel that it has gone. */
  leave(subscription: Subscription): void {
    const attendee = this.#find(subscription);
    if (attendee === undefined) return;
    this.#visible.delete(keyOf(subscription));
    if (attendee.presence) this.#observe(this.#remove(subscription));
    if (attendee.announced) this.#tell("leave", subscription);
  }

  #find(subscription: Subscription): Attendee | undefined {
    const attendee = this.#visible.get(keyOf(subscription));
    return attendee?.subscription === subscription ? attendee : undefined;
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
