/** Who is subscribed to what on this node: each subscription from the wish for it to its end. */

import type { RecoverQuery } from "../broker/types.ts";
import { Channels, type ChannelsDeps } from "./channels.ts";
import type { Connection } from "./connection.ts";
import {
  disconnects,
  type Unsubscribe,
  unsubscribes,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Joined } from "./hub_deps.ts";
import {
  type PendingSubscription,
  type PendingSubscriptionInit,
  PendingSubscriptions,
} from "./pending_subscriptions.ts";
import { EVERYONE, inboxOf, isInbox } from "../base/names.ts";
import type { Subscription } from "./subscription.ts";

/** What subscriptions are kept with, and who is told of their end. */
export interface SubscriptionsDeps
  extends Omit<ChannelsDeps, "onLost" | "onOverflow"> {
  /** Channels that one connection may be subscribed to. */
  readonly maxChannels: number;
  /** Called when a subscription has ended, whoever ended it. */
  readonly onEnd: (subscription: Subscription) => void;
}

/** This node's subscriptions. Only the hub writes them. */
export class Subscriptions {
  /** The channels, with those who are in them. */
  readonly channels: Channels;
  readonly #pending = new PendingSubscriptions();
  readonly #deps: SubscriptionsDeps;

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
    this.channels = new Channels({
      ...deps,
      onLost: (subscription) => this.#lose(subscription),
      onOverflow: (subscription) => this.#overflow(subscription),
    });
  }

  /** As {@linkcode Hub.prepare}. */
  prepare(init: PendingSubscriptionInit): PendingSubscription {
    const { connection, channel } = init;
    const { channels } = connection;
    if (channels.has(channel)) {
      throw new ProtocolError(errors.alreadySubscribed);
    }
    const { maxChannels } = this.#deps;
    const coming = this.#pending.channelsOf(connection);
    const count = channels.union(coming).size;
    if (count >= maxChannels && !coming.has(channel)) {
      throw new ProtocolError(
        errors.limitExceeded,
        `cannot subscribe to "${channel}": the connection already has ${maxChannels} channels`,
      );
    }
    return this.#pending.begin(init);
  }

  /** As {@linkcode Hub.subscribe}. */
  async add(
    subscription: Subscription,
    query: RecoverQuery | undefined,
  ): Promise<Joined | undefined> {
    using pending = this.prepare(subscription);
    const recovery = await this.channels.add({ subscription, pending, query });
    return recovery && { subscription, recovery };
  }

  /** The subscription of `connection` to a channel, if there is one. */
  find(connection: Connection, channel: string): Subscription | undefined {
    return this.channels.all.get(channel)?.get(connection);
  }

  /** Ends a subscription, and one that is about to be made; with `told`, a client that knows of it is told why. */
  end(connection: Connection, channel: string, told?: Unsubscribe): void {
    const isAwaited = this.#pending.callOff(connection, channel);
    // An inbox is no subscription of its own.
    const subscription = connection.channels.has(channel)
      ? this.channels.remove(connection, channel)
      : undefined;
    const isKnown = subscription !== undefined &&
      (subscription.held === undefined || !subscription.serverSide);
    if (told && (isAwaited || isKnown)) {
      connection.push({ type: "unsubscribed", channel, ...told });
    }
    if (subscription !== undefined) this.#left(subscription);
  }

  /** Ends everything of a connection that has ended. */
  forget(connection: Connection): void {
    this.#pending.callOffAll(connection);
    for (const channel of [...connection.channels]) {
      const subscription = this.channels.remove(connection, channel);
      if (subscription !== undefined) this.#left(subscription);
    }
    for (const inbox of inboxesOf(connection)) {
      this.channels.remove(connection, inbox);
    }
  }

  /** Lets through what was sent to a client that was not told yet that it is let in. */
  beginInboxes(connection: Connection): void {
    for (const inbox of inboxesOf(connection)) {
      const subscription = this.find(connection, inbox);
      if (subscription !== undefined) this.channels.begin(subscription);
    }
  }

  /** Tells a client that it has missed something; it subscribes anew, or connects anew. */
  #lose({ connection, channel, serverSide, held }: Subscription): void {
    // A client that is not told of its subscription yet would not hear of its end.
    if (!serverSide && held === undefined) {
      return this.end(connection, channel, unsubscribes.insufficientState);
    }
    connection.disconnect(disconnects.insufficientState);
  }

  /** Whoever makes the subscription sees that it is gone, and tells the client. */
  #overflow(subscription: Subscription): void {
    const { connection, channel } = subscription;
    // Who is not told yet that it is let in has no subscription to lose.
    if (isInbox(channel)) return connection.disconnect(disconnects.slow);
    subscription.overflown = true;
    this.channels.remove(connection, channel);
    this.#left(subscription);
  }

  #left(subscription: Subscription): void {
    subscription.stopExpiry?.();
    this.#deps.onEnd(subscription);
  }
}

/** What a client hears without having subscribed to it. */
function inboxesOf({ uid }: Connection): readonly string[] {
  return uid === undefined ? [EVERYONE] : [EVERYONE, inboxOf(uid)];
}
