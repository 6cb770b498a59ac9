/** This node's channels: opened with their first subscriber, closed with their last. */

import type { Broker, RecoverQuery } from "../broker/types.ts";
import { Channel, type ChannelOwner } from "./channel.ts";
import type { Clock } from "../base/clock.ts";
import type { Connection } from "./connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { PendingSubscription } from "./pending_subscriptions.ts";
import { levelOfFailure, type Log } from "../base/log.ts";
import { PositionCheck } from "./position_check.ts";
import type { Publication } from "../base/publication.ts";
import { Coalescer } from "./coalescer.ts";
import { mergeRecovered, type Recovery } from "../base/recovery.ts";
import { Subscription } from "./subscription.ts";

/** What the channels of a node are made of. */
export interface ChannelsDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with a subscription that has missed something, or may have. */
  readonly onLost: (subscription: Subscription) => void;
  /** Called with a subscription that must end: it has more to wait for than it may. */
  readonly onOverflow: (subscription: Subscription) => void;
}

/** A subscription that is to be added. */
export interface Addition {
  readonly subscription: Subscription;
  /** What may be called off meanwhile. */
  readonly pending: PendingSubscription;
  /** What its client asks for of the past. */
  readonly query: RecoverQuery | undefined;
}

/** Channels by name. Only the hub writes them. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #coalescer: Coalescer<Channel>;
  readonly #positionCheck: PositionCheck;
  readonly #owner: ChannelOwner;
  readonly #deps: ChannelsDeps;

  constructor(deps: ChannelsDeps) {
    const { clock, onLost, onOverflow } = deps;
    const coalescer = new Coalescer<Channel>(clock);
    this.#deps = deps;
    this.#coalescer = coalescer;
    this.#positionCheck = new PositionCheck({
      ...deps,
      channels: this.#channels,
    });
    this.#owner = {
      onCollect: (channel) => coalescer.add(channel),
      onCollectMore: () => coalescer.touch(),
      onGap: onLost,
      onError: ({ name }, error) =>
        deps.log.error("delivery_failed", { channel: name, error }),
      onOverflow,
    };
  }

  /** Every channel that has, or is about to have, a subscriber here. */
  get all(): ReadonlyMap<string, Channel> {
    return this.#channels;
  }

  /** Hands a publication to this node's subscribers; says whether there was one. */
  deliver(publication: Publication): boolean {
    const channel = this.#channels.get(publication.channel);
    return channel !== undefined && channel.deliver(publication);
  }

  /**
   * Lets `connection` hear what is sent to some inboxes, from now on or when the promise
   * resolves; where its client is not told yet that it is let in, from {@linkcode begin}.
   */
  join(
    connection: Connection,
    inboxes: readonly string[],
  ): void | Promise<void> {
    const pending = inboxes.flatMap((inbox) => {
      const subscription = new Subscription(connection, inbox, {});
      if (connection.opening === "done") subscription.held = undefined;
      const channel = this.#open(inbox);
      channel.add(subscription);
      return channel.ready ?? [];
    });
    if (pending.length === 0) return;
    // Where the broker is away, they begin when it is back.
    return Promise.allSettled(pending).then(() => {});
  }

  /**
   * Adds a subscription. It holds back what arrives until {@linkcode begin}, so that
   * its client is told of it first. Positioned ones learn where they stand; with
   * `query` they learn what they missed. Resolves with `undefined` when it was
   * ended meanwhile, or has a gap in what it missed.
   *
   * @throws {ProtocolError} If the connection is subscribed already, or too much arrived meanwhile.
   */
  async add(
    { subscription, pending, query }: Addition,
  ): Promise<Recovery<Publication> | undefined> {
    const { connection, channel: name } = subscription;
    const channel = this.#open(name);
    const isStanding = () => channel.get(connection) === subscription;
    channel.waiting++;
    try {
      await channel.ready;
      if (pending.calledOff) return undefined;
      if (channel.get(connection) !== undefined) {
        throw new ProtocolError(errors.alreadySubscribed);
      }
      channel.add(subscription);
      connection.channels.add(name);
    } finally {
      channel.waiting--;
      this.#closeUnused(channel);
    }
    try {
      const found = await this.#locate(subscription, query);
      if (isStanding()) return this.#merge(subscription, found);
    } catch (error) {
      // Another may have been made since this one was ended.
      if (isStanding()) this.remove(connection, name);
      throw error;
    }
    subscription.requireRoom();
  }

  /** Sends a subscription, whose client has been told of it, what was held back. */
  begin(subscription: Subscription): void {
    this.#channels.get(subscription.channel)?.begin(subscription);
  }

  /** Ends a subscription, which is returned; without one nothing happens. */
  remove(connection: Connection, name: string): Subscription | undefined {
    const channel = this.#channels.get(name);
    const subscription = channel?.remove(connection);
    connection.channels.delete(name);
    if (channel !== undefined) this.#closeUnused(channel);
    return subscription;
  }

  /** Sends what was collected to be joined. */
  flush(): void {
    this.#coalescer.flush();
  }

  /** Compares the positions of one channel, or of all, with the broker's now. */
  checkPositions(channel?: string): void {
    if (channel === undefined) this.#positionCheck.checkAll();
    else this.#positionCheck.check(channel);
  }

  /** Begins to check the positions of channels where nothing happens; {@linkcode stop} ends it. */
  start(): void {
    this.#positionCheck.start();
  }

  /** Ends what would keep the process alive. */
  stop(): void {
    this.#positionCheck.stop();
    this.#coalescer.stop();
  }

  async #locate(
    { positioned, channel }: Subscription,
    query: RecoverQuery | undefined,
  ): Promise<Recovery<Publication>> {
    const { broker } = this.#deps;
    if (query !== undefined) return await broker.recover(channel, query);
    const position = positioned
      ? await broker.position(channel)
      : { offset: 0, epoch: "" };
    return { recovered: false, position, publications: [] };
  }

  /** Puts what was recovered before what has arrived meanwhile, each once. */
  #merge(
    subscription: Subscription,
    found: Recovery<Publication>,
  ): Recovery<Publication> | undefined {
    subscription.position = found.position;
    const { held } = subscription;
    if (!found.recovered || held === undefined) return found;
    const publications = mergeRecovered(
      found,
      held.filter(({ offset }) => offset > 0),
    );
    if (publications === undefined) {
      this.#deps.onLost(subscription);
      return undefined;
    }
    subscription.position = publications.at(-1) ?? found.position;
    subscription.held = held.filter(({ offset }) => offset === 0);
    return { ...found, publications };
  }

  #open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known !== undefined) return known;
    const ready = this.#deps.broker.subscribe(name);
    const channel = new Channel(name, ready, this.#owner);
    this.#channels.set(name, channel);
    if (ready instanceof Promise) {
      const done = ready.then(() => void (channel.ready = undefined));
      this.#observe(done, "broker_subscribe_failed", name);
    }
    return channel;
  }

  #closeUnused(channel: Channel): void {
    const { name } = channel;
    if (!channel.unused || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    const done = this.#deps.broker.unsubscribe(name);
    this.#observe(done, "broker_unsubscribe_failed", name);
  }

  #observe(done: Promise<void>, event: string, channel: string): void {
    const { broker, log } = this.#deps;
    done.catch((error) =>
      log[levelOfFailure(broker)](event, { channel, error })
    );
  }
}
