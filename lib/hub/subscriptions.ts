/** Registry of this node's channels and subscriptions: a channel is open from its first subscriber to its last. */

import type { Broker, RecoverQuery } from "../broker/types.ts";
import {
  disconnects,
  type Unsubscribe,
  unsubscribes,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { type Log, logFailure } from "../base/log.ts";
import type { HubLimits } from "../limits/hub_limits.ts";
import { EVERYONE, inboxesOf, isInbox } from "../base/names.ts";
import type { Publication } from "../base/publication.ts";
import { mergeRecovered, type Recovery, UNPLACED } from "../base/recovery.ts";
import { Channel } from "./channel.ts";
import type {
  ChannelOwner,
  DeliveryOptions,
  Observer,
} from "./channel_owner.ts";
import type { Connection } from "./connection.ts";
import {
  countIn,
  type HubCounters,
  type SubscriptionCount,
} from "./counters.ts";
import { type FilteredQuery, recoverFiltered } from "./recover_filtered.ts";
import { Subscription, type SubscriptionOptions } from "./subscription.ts";

/** Parts and callbacks of the registry. */
export interface SubscriptionsDeps
  extends Pick<ChannelOwner<Channel>, "onCollect" | "onUnfinished" | "onSent"> {
  /** Delivers to the channels that are subscribed. */
  readonly broker: Broker;
  /** Options of a channel; `undefined` of an inbox. */
  readonly optionsOf: (channel: string) => DeliveryOptions | undefined;
  /** Takes failures. */
  readonly log: Log;
  /** Counts gaps, recoveries, refusals and ends. */
  readonly counters: HubCounters;
  /** Channels that one connection may be subscribed to, and all together; bytes that may wait for a client, and recipients in one turn. */
  readonly limits: Pick<
    HubLimits,
    "maxChannels" | "maxChannelsInAll" | "maxBacklogBytes" | "recipientsPerTurn"
  >;
  /** Called once of each subscription that stood and has ended. */
  readonly onEnd: (subscription: Subscription) => void;
}

/** This node's subscriptions, by channel. Only the hub and its commands write them. */
export class Subscriptions {
  /** Channels with a subscriber here, or with one that waits for the broker; inboxes included. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly #channels = new Map<string, Channel>();
  /** Subscriptions that do not stand yet: they count among the channels of their connection. */
  readonly #pending = new Map<Connection, Set<Subscription>>();
  readonly #owner: ChannelOwner<Channel>;
  readonly #deps: SubscriptionsDeps;

  /** Called by the hub. */
  constructor(deps: SubscriptionsDeps) {
    const { log, counters } = deps;
    this.#deps = deps;
    this.channels = this.#channels;
    this.#owner = {
      onCollect: deps.onCollect,
      onUnfinished: deps.onUnfinished,
      onSent: deps.onSent,
      recipientsPerTurn: deps.limits.recipientsPerTurn,
      maxHeldBytes: deps.limits.maxBacklogBytes,
      fanOuts: counters.fanOuts,
      onGap: (subscription) => this.onGap(subscription),
      onError: ({ name }, error) =>
        log.error("delivery_failed", { channel: name, error }),
      onOverflow: (subscription) => this.#onOverflow(subscription),
    };
  }

  /**
   * Makes a pending subscription, which has a place among the channels of its
   * connection until it ends: by {@linkcode end}, by {@linkcode release}, or with
   * its connection.
   *
   * @throws {ProtocolError} If the connection is subscribed already (105), or it or the node has as many channels as it may (106).
   */
  reserve(
    connection: Connection,
    channel: string,
    options?: SubscriptionOptions,
  ): Subscription {
    if (connection.channels.has(channel)) {
      throw new ProtocolError(errors.alreadySubscribed);
    }
    const { limits, counters: { refusals } } = this.#deps;
    const { maxChannels, maxChannelsInAll } = limits;
    const pending = this.#pending.get(connection) ?? new Set();
    const most = connection.channels.size + pending.size;
    // A channel counts once, however many subscriptions to it are pending.
    const names = most < maxChannels ? undefined : new Set([
      ...connection.channels,
      ...[...pending].map(({ channel }) => channel),
    ]);
    if (names && names.size >= maxChannels && !names.has(channel)) {
      refusals.channels++;
      throw new ProtocolError(
        errors.limitExceeded,
        `cannot subscribe to "${channel}": the connection already has ${maxChannels} channels`,
      );
    }
    if (
      this.#channels.size >= maxChannelsInAll && !this.#channels.has(channel)
    ) {
      refusals.channelsInAll++;
      throw new ProtocolError(
        errors.limitExceeded,
        `cannot subscribe to "${channel}": this node already has ${maxChannelsInAll} channels`,
      );
    }
    const subscription = new Subscription(connection, channel, options);
    if (connection.closed) subscription.state = "ended";
    else this.#pending.set(connection, pending.add(subscription));
    return subscription;
  }

  /** Ends a subscription that is still pending, and gives its place back; nothing happens to another. */
  release(subscription: Subscription): void {
    if (subscription.state === "pending") subscription.state = "ended";
    const { connection } = subscription;
    const pending = this.#pending.get(connection);
    pending?.delete(subscription);
    if (pending?.size === 0) this.#pending.delete(connection);
  }

  /**
   * Lets a pending subscription stand. It holds publications back until it begins
   * ({@linkcode Channel.begin}), so that its client is notified of it first.
   * Resolves with its position and with what it missed; with `undefined` if it was
   * ended meanwhile, or has a gap in what it missed. It has ended where this rejects.
   *
   * @throws {ProtocolError} If the connection is subscribed already (105), or too much arrived meanwhile (100).
   */
  async subscribe(
    subscription: Subscription,
    query?: RecoverQuery | FilteredQuery,
  ): Promise<Recovery<Publication> | undefined> {
    if (subscription.ended) return undefined;
    const { connection, channel: name } = subscription;
    const channel = this.#open(name);
    channel.waiting++;
    try {
      if (channel.ready !== undefined) await channel.ready;
      if (subscription.ended) return undefined;
      if (channel.get(connection) !== undefined) {
        throw new ProtocolError(errors.alreadySubscribed);
      }
      channel.add(subscription);
      connection.enter(name);
      subscription.state = "standing";
    } finally {
      this.release(subscription);
      channel.waiting--;
      this.#closeUnused(channel);
    }
    try {
      const found = query === undefined && !subscription.positioned
        ? UNPLACED
        : await this.#locate(subscription, query);
      if (subscription.standing) return this.#merge(subscription, found);
    } catch (error) {
      // Another may stand since this one was ended.
      if (subscription.standing) this.#remove(connection, name);
      throw error;
    }
    subscription.requireRoom();
  }

  /** Counts what this node holds. */
  count(): SubscriptionCount {
    let users = 0;
    let channels = 0;
    let subscriptions = 0;
    for (const [name, { size }] of this.#channels) {
      if (size === 0 || name === EVERYONE) continue;
      if (isInbox(name)) users++;
      else {
        channels++;
        subscriptions += size;
      }
    }
    return { users, channels, subscriptions };
  }

  /** Keeps a channel open, and hands its events to `observer` until the returned function is called. */
  observe(name: string, observer: Observer): () => void {
    const channel = this.#open(name);
    channel.waiting++;
    channel.observers = [...channel.observers ?? [], observer];
    return () => {
      channel.waiting--;
      const rest = channel.observers?.filter((other) => other !== observer);
      channel.observers = rest?.length ? rest : undefined;
      this.#closeUnused(channel);
    };
  }

  /** The standing subscription of `connection` to a channel, if there is one. */
  find(connection: Connection, channel: string): Subscription | undefined {
    return this.#channels.get(channel)?.get(connection);
  }

  /**
   * Ends a subscription, pending or standing; without one nothing happens. With a
   * `reason`, a client that knows of it is notified.
   */
  end(connection: Connection, channel: string, reason?: Unsubscribe): void {
    const isAwaited = this.#callOff(connection, channel);
    // An inbox is no subscription of its own.
    const subscription = connection.channels.has(channel)
      ? this.#remove(connection, channel)
      : undefined;
    const isKnown = subscription !== undefined &&
      (subscription.held === undefined || !subscription.serverSide);
    if (reason !== undefined && (isAwaited || isKnown)) {
      countIn(this.#deps.counters.unsubscribes, reason.code);
      connection.push({ type: "unsubscribed", channel, ...reason });
    }
    if (subscription !== undefined) this.#onEnd(subscription);
  }

  /** Sends a connection what waits in its channels to share a frame with more. */
  flushTo(connection: Connection): void {
    for (const name of [...connection.channels, ...inboxesOf(connection.uid)]) {
      this.#channels.get(name)?.flushTo(connection);
    }
  }

  /** Ends every subscription of a connection that has ended. */
  endAll(connection: Connection): void {
    for (const subscription of this.#pending.get(connection) ?? []) {
      subscription.state = "ended";
    }
    this.#pending.delete(connection);
    for (const channel of [...connection.channels]) {
      const subscription = this.#remove(connection, channel);
      if (subscription !== undefined) this.#onEnd(subscription);
    }
    for (const inbox of inboxesOf(connection.uid)) {
      this.#remove(connection, inbox);
    }
  }

  /**
   * Subscribes `connection` to inboxes, from now on or when the promise resolves. A
   * client that is still to be notified of its admission gets their messages after
   * {@linkcode beginInboxes}.
   */
  joinInboxes(
    connection: Connection,
    inboxes: readonly string[],
  ): void | Promise<void> {
    const pending = inboxes.flatMap((inbox) => {
      const subscription = new Subscription(connection, inbox);
      subscription.state = "standing";
      if (connection.opening === "done") subscription.held = undefined;
      const channel = this.#open(inbox);
      channel.add(subscription);
      return channel.ready ?? [];
    });
    if (pending.length === 0) return;
    // Where the broker is away, they begin when it is back.
    return Promise.allSettled(pending).then(() => {});
  }

  /** Sends a client what was held back until it was notified that it is admitted. */
  beginInboxes(connection: Connection): void {
    for (const inbox of inboxesOf(connection.uid)) {
      const channel = this.#channels.get(inbox);
      const subscription = channel?.get(connection);
      if (subscription !== undefined) channel?.begin(subscription);
    }
  }

  /** Ends a subscription that has missed something, so that its client subscribes again, or connects again. */
  onGap({ connection, channel, serverSide, held }: Subscription): void {
    this.#deps.counters.positionGaps++;
    // A client that is not notified of its subscription yet ignores its end.
    if (!serverSide && held === undefined) {
      return this.end(connection, channel, unsubscribes.insufficientState);
    }
    connection.disconnect(disconnects.insufficientState);
  }

  /** Ends a subscription whose command has not replied yet: that replies with the error. */
  #onOverflow(subscription: Subscription): void {
    const { connection, channel } = subscription;
    // A client that is not notified of its admission yet knows no subscription.
    if (isInbox(channel)) return connection.disconnect(disconnects.slow);
    subscription.state = "overflown";
    this.#remove(connection, channel);
    this.#onEnd(subscription);
  }

  #onEnd(subscription: Subscription): void {
    subscription.stopExpiry?.();
    this.#deps.onEnd(subscription);
  }

  /** Ends the pending subscriptions of a connection to a channel; says whether its client has asked for one. */
  #callOff(connection: Connection, channel: string): boolean {
    let isAwaited = false;
    for (const subscription of this.#pending.get(connection) ?? []) {
      if (subscription.channel !== channel) continue;
      this.release(subscription);
      if (!subscription.serverSide) isAwaited = true;
    }
    return isAwaited;
  }

  /** Takes a standing subscription out of its channel, and returns it; without one nothing happens. */
  #remove(connection: Connection, name: string): Subscription | undefined {
    const channel = this.#channels.get(name);
    const subscription = channel?.remove(connection);
    if (subscription?.standing) subscription.state = "ended";
    connection.leave(name);
    if (channel !== undefined) this.#closeUnused(channel);
    return subscription;
  }

  async #locate(
    { channel }: Subscription,
    query: RecoverQuery | FilteredQuery | undefined,
  ): Promise<Recovery<Publication>> {
    const { broker, counters } = this.#deps;
    if (query !== undefined) {
      const found = "filter" in query
        ? await recoverFiltered(broker, channel, query)
        : await broker.recover(channel, query);
      if (found.recovered) counters.recovered++;
      else counters.unrecovered++;
      return found;
    }
    return { ...UNPLACED, position: await broker.position(channel) };
  }

  /** Puts what was recovered before what has arrived meanwhile, each publication once. */
  #merge(
    subscription: Subscription,
    found: Recovery<Publication>,
  ): Recovery<Publication> | undefined {
    subscription.position = found.position;
    const { held, filter } = subscription;
    if (!found.recovered || held === undefined) return found;
    const publications = mergeRecovered(
      found,
      held.filter(({ offset }) => offset > 0),
    );
    if (publications === undefined) {
      this.onGap(subscription);
      return undefined;
    }
    const newest = publications.at(-1) ?? found.position;
    // The newest that a filter has found may be older than the top.
    if (newest.offset > found.position.offset) subscription.position = newest;
    subscription.held = held.filter(({ offset }) => offset === 0);
    return {
      recovered: true,
      position: subscription.position,
      publications: filter === undefined
        ? publications
        : publications.filter(({ tags }) => filter.matches(tags)),
    };
  }

  #open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known?.isRefused === false) return known;
    const ready = this.#deps.broker.subscribe(name);
    const options = this.#deps.optionsOf(name);
    const channel = known ?? new Channel(name, options, this.#owner);
    this.#channels.set(name, channel);
    channel.expect(ready)?.catch((error) => {
      const fields = { channel: name, error };
      logFailure(this.#deps, "broker_subscribe_failed", fields);
    });
    return channel;
  }

  #closeUnused(channel: Channel): void {
    const { name } = channel;
    if (!channel.unused || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    this.#deps.broker.unsubscribe(name).catch((error) => {
      const fields = { channel: name, error };
      logFailure(this.#deps, "broker_unsubscribe_failed", fields);
    });
  }
}
