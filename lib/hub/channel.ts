/** Subscribers of one channel on this node, and the fan-out to them. */

import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";
import { lengthOf, type Publication } from "../base/publication.ts";
import { checkLive } from "../base/recovery.ts";
import type { Sampler } from "../base/histogram.ts";
import type { Connection } from "./connection.ts";
import { FanOut } from "./fan_out.ts";
import type { Subscription } from "./subscription.ts";

/** Bounds of what is collected for one frame: more is sent at once. */
const MAX_JOINED = 256;
const MAX_JOINED_BYTES = 65_536;
/** Publications that are held back for a subscription at most. */
const MAX_HELD = 4_096;

/** Callbacks of a channel. */
export interface ChannelOwner {
  /** The channel has begun to collect, and is to be flushed soon. */
  readonly onCollect: (channel: Channel) => void;
  /** A channel that collects has collected more. */
  readonly onCollectMore: () => void;
  /** Times some of the fan-outs. */
  readonly fanOuts: Sampler;
  /** A positioned subscription has missed something. */
  onGap(subscription: Subscription): void;
  /** A publication cannot be encoded. Those after it are sent. */
  onError(channel: Channel, error: unknown): void;
  /** More is held back for a subscription than is allowed: it must end. */
  onOverflow(subscription: Subscription): void;
}

/** Options of a channel that say what slow subscribers get. */
export type SlowOptions = Pick<ChannelOptions, "slowPolicy" | "conflationKey">;

/** One channel of this node. */
export class Channel {
  /** Name of the channel, or of an inbox. */
  readonly name: string;
  /** Settles once the broker delivers this channel's publications; `undefined` from then on. */
  ready: Promise<void> | undefined;
  /** Number of subscriptions that wait for {@linkcode ready}: while there is one, the channel is in use. */
  waiting = 0;
  /** True if a publication with an offset was delivered since this was last set to `false`. */
  active = false;
  /** Number of positioned subscribers. */
  positioned = 0;
  readonly #subscriptions = new Map<Connection, Subscription>();
  readonly #owner: ChannelOwner;
  /** Numbers of subscribers for which publications are collected, and of those with deltas. */
  #collecting = 0;
  #deltas = 0;
  #pending: Publication[] = [];
  #pendingBytes = 0;
  /** Number of the first pending publication. */
  #first = 0;
  /** `undefined` where nothing may be dropped for a slow subscriber. */
  readonly #slowOptions: SlowOptions | undefined;
  #isFanningOut = false;
  #startedAt = 0;
  /** Base of the next delta. */
  #last: Publication | undefined;

  /** Called by its owner. */
  constructor(
    name: string,
    { ready, slowOptions }: {
      readonly ready: void | Promise<void>;
      readonly slowOptions?: SlowOptions;
    },
    owner: ChannelOwner,
  ) {
    this.name = name;
    this.ready = ready ?? undefined;
    this.#owner = owner;
    const isStrict = slowOptions?.slowPolicy === "close";
    this.#slowOptions = isStrict ? undefined : slowOptions;
  }

  /** True if no subscription is there, nor waits for it. */
  get unused(): boolean {
    return this.#subscriptions.size === 0 && this.waiting === 0;
  }

  /** Number of subscribers. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /** Its subscriptions. */
  get subscriptions(): Iterable<Subscription> {
    return this.#subscriptions.values();
  }

  /** The subscription of `connection`, if it has one. */
  get(connection: Connection): Subscription | undefined {
    return this.#subscriptions.get(connection);
  }

  /** Adds a subscription of a connection that has none; it gets publications from now on, and none that is pending. */
  add(subscription: Subscription): void {
    subscription.from = this.#first + this.#pending.length;
    const { connection, delta } = subscription;
    this.#subscriptions.set(connection, subscription);
    if (isCollecting(subscription)) this.#collecting++;
    if (delta !== "off") this.#deltas++;
    if (subscription.positioned) this.positioned++;
  }

  /** Removes the subscription of `connection`, also in the middle of a fan-out; it gets what was delivered before. */
  remove(connection: Connection): Subscription | undefined {
    this.flushTo(connection);
    // That may have ended it already.
    const subscription = this.#subscriptions.get(connection);
    if (subscription === undefined) return undefined;
    this.#subscriptions.delete(connection);
    if (isCollecting(subscription)) this.#collecting--;
    if (subscription.delta !== "off" && --this.#deltas === 0) {
      this.#last = undefined;
    }
    if (subscription.positioned) this.positioned--;
    return subscription;
  }

  /** Sends a publication to every subscriber, at once or joined with others; `false` if it has no subscriber. */
  deliver(publication: Publication): boolean {
    if (this.#subscriptions.size === 0) return false;
    // Joins and leaves arrive also where publications are lost.
    if (publication.offset > 0) this.active = true;
    const isFirst = this.#pending.length === 0 && !this.#isFanningOut;
    if (this.#collecting === 0 && isFirst) {
      this.#sendAll(publication);
      return true;
    }
    this.#pendingBytes += lengthOf(publication.payload);
    if (this.#pending.push(publication) === 1) this.#owner.onCollect(this);
    else this.#owner.onCollectMore();
    const isFull = this.#pending.length >= MAX_JOINED ||
      this.#pendingBytes >= MAX_JOINED_BYTES;
    if (isFull) this.flush();
    return true;
  }

  /** Sends the publications that were collected, encoded once for all subscribers that read alike. */
  flush(): void {
    if (this.#pending.length === 0 || this.#isFanningOut) return;
    const publications = this.#pending;
    const first = this.#first;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#first += publications.length;
    this.#beginFanOut();
    try {
      const batch = new FanOut(publications, this.#last);
      for (const subscription of this.#subscriptions.values()) {
        const { from, held } = subscription;
        const skip = from > first ? from - first : 0;
        if (held === undefined) this.#sendBatch(subscription, batch, skip);
        else {
          const isNew = skip > 0;
          const later = isNew ? publications.slice(skip) : publications;
          this.#hold(subscription, held, later);
        }
      }
      if (this.#deltas > 0) this.#last = batch.last;
    } catch (error) {
      // Thrown at the end of a turn, it would end the process.
      this.#owner.onError(this, error);
    } finally {
      this.#endFanOut();
    }
  }

  /** Sends a connection that leaves what the others still wait for; one that has gone gets nothing. */
  flushTo(connection: Connection): void {
    const subscription = this.#subscriptions.get(connection);
    const isWaiting = subscription?.held === undefined &&
      this.#pending.length > 0 && !this.#isFanningOut;
    if (subscription === undefined || !isWaiting || connection.closed) return;
    const skip = Math.max(subscription.from - this.#first, 0);
    // It does not get them again, should it stay.
    subscription.from = this.#first + this.#pending.length;
    try {
      const batch = new FanOut([...this.#pending], this.#last);
      this.#sendBatch(subscription, batch, skip);
    } catch (error) {
      this.#owner.onError(this, error);
    }
  }

  /** Sends a subscription what was held back until its client was notified of it. */
  begin(subscription: Subscription): void {
    const { held = [] } = subscription;
    subscription.held = undefined;
    if (held.length === 0) return;
    const batch = new FanOut(held, undefined);
    // The base of its deltas is not that of the channel's next one.
    if (subscription.delta === "off") this.#sendBatch(subscription, batch, 0);
    else this.#sendEach(subscription, batch, 0);
  }

  /** Sends one publication at once, where none is joined or compared: a third of the time of {@linkcode flush}. */
  #sendAll(publication: Publication): void {
    let protocol: Protocol<Outgoing> | undefined;
    let frame: Outgoing | undefined;
    let frames: Map<Protocol<Outgoing>, Outgoing | undefined> | undefined;
    const isForAll = publication.type === "publication";
    const slowOptions = this.#slowOptions;
    this.#beginFanOut();
    try {
      for (const subscription of this.#subscriptions.values()) {
        const { connection, held, joinLeave } = subscription;
        if (!isForAll && !joinLeave) continue;
        if (held !== undefined) {
          this.#hold(subscription, held, [publication]);
          continue;
        }
        if (connection.protocol !== protocol) {
          // Most channels have subscribers of one protocol only: they need no table.
          if (protocol !== undefined) {
            frames = (frames ?? new Map()).set(protocol, frame);
          }
          protocol = connection.protocol;
          frame = frames?.has(protocol)
            ? frames.get(protocol)
            : protocol.encodePublication(publication);
        }
        if (frame === undefined) continue;
        if (slowOptions === undefined) connection.send(frame);
        else if (!connection.offer(frame)) {
          this.#enqueue(subscription, publication, frame);
        }
      }
    } finally {
      this.#endFanOut();
    }
  }

  /** Sends a subscription the publications of a batch without the first ones, which were there before it. */
  #sendBatch(subscription: Subscription, batch: FanOut, skip: number): void {
    const { connection, delta } = subscription;
    const isAlike = skip === 0 || delta === "off";
    if (!isAlike || !batch.follow(subscription, skip)) {
      return this.#sendEach(subscription, batch, skip);
    }
    const frames = batch.framesFor(subscription, skip);
    if (this.#slowOptions === undefined) {
      // No iterator: this is done for every recipient.
      for (let index = 0; index < frames.length; index++) {
        connection.send(frames[index]!);
      }
    } else if (
      frames.length > 1 || !frames.every(connection.offer, connection)
    ) {
      return this.#offerEach(subscription, batch, skip);
    }
    if (delta === "fresh" && batch.last !== this.#last) {
      subscription.delta = "ready";
    }
  }

  /** Sends publications one by one to a subscriber that may be slow, for each of them may be dropped. */
  #offerEach(subscription: Subscription, batch: FanOut, skip: number): void {
    const { connection } = subscription;
    const { publications } = batch;
    if (subscription.delta === "ready") subscription.delta = "fresh";
    for (let index = skip; index < publications.length; index++) {
      for (const frame of batch.single(index).framesFor(subscription)) {
        if (connection.offer(frame)) continue;
        this.#enqueue(subscription, publications[index]!, frame);
      }
      // A gap has ended it.
      if (this.#subscriptions.get(connection) !== subscription) return;
    }
  }

  /** Lets a publication wait for a slow subscriber. */
  #enqueue(
    subscription: Subscription,
    { type, tags = {} }: Publication,
    frame: Outgoing,
  ): void {
    const { connection } = subscription;
    const { slowPolicy, conflationKey = "" } = this.#slowOptions ?? {};
    if (type !== "publication") return connection.send(frame);
    const tag = conflationKey !== "" && Object.hasOwn(tags, conflationKey)
      ? tags[conflationKey]
      : undefined;
    const key = conflationKey === "" ? "" : tag;
    const mustEnd = connection.enqueue(frame, {
      subscription,
      key: slowPolicy === "keepLatest" ? key : undefined,
    });
    if (mustEnd) this.#owner.onGap(subscription);
  }

  #beginFanOut(): void {
    this.#isFanningOut = true;
    this.#startedAt = this.#owner.fanOuts.begin();
  }

  #endFanOut(): void {
    this.#owner.fanOuts.end(this.#startedAt);
    this.#isFanningOut = false;
    // Publications that were delivered meanwhile could not be flushed then.
    if (this.#pending.length > 0) this.#owner.onCollect(this);
  }

  #hold(
    subscription: Subscription,
    held: Publication[],
    publications: readonly Publication[],
  ): void {
    held.push(...publications);
    if (held.length > MAX_HELD) this.#owner.onOverflow(subscription);
  }

  /** Sends publications one by one to a subscriber that may have some of them already. */
  #sendEach(subscription: Subscription, batch: FanOut, skip: number): void {
    const { publications } = batch;
    // What this subscriber has differs from the base of the channel's next delta.
    if (subscription.delta === "ready") subscription.delta = "fresh";
    for (let index = skip; index < publications.length; index++) {
      const publication = publications[index]!;
      if (subscription.positioned && publication.offset > 0) {
        const found = checkLive(subscription.position, publication);
        if (found === "gap") return this.#owner.onGap(subscription);
        if (found === "known") continue;
      }
      const single = batch.single(index);
      single.follow(subscription);
      for (const frame of single.framesFor(subscription)) {
        subscription.connection.send(frame);
      }
    }
  }
}

/** Checks whether publications for the subscriber can be joined, or are compared with its position or its filter. */
function isCollecting(
  { connection, positioned, delta, filter }: Subscription,
): boolean {
  return positioned || delta !== "off" || filter !== undefined ||
    connection.protocol.join !== undefined;
}
