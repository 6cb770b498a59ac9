/** Subscribers of one channel on this node, and the fan-out to them. */

import { keepsHistory } from "../channel/channel_options.ts";
import type { Outgoing } from "../protocol/types.ts";
import type { Publication } from "../base/publication.ts";
import { checkLive } from "../base/recovery.ts";
import {
  type ChannelOwner,
  conflationOf,
  type DeliveryOptions,
  type Observer,
} from "./channel_owner.ts";
import { Joining } from "./coalescer.ts";
import type { Connection } from "./connection.ts";
import { FanOut } from "./fan_out.ts";
import { isCollecting, type Subscription } from "./subscription.ts";

/** Stands for the fan-out of a publication that needs none. */
const LONE = new FanOut(0, undefined);

/** One channel of this node. */
export class Channel {
  /** Name of the channel, or of an inbox. */
  readonly name: string;
  /** Settles once the broker delivers this channel's publications; `undefined` from then on. */
  ready: Promise<void> | undefined = undefined;
  /** True if that has failed. */
  isRefused = false;
  /** Number of subscriptions that wait for {@linkcode ready}: while there is one, the channel is in use. */
  waiting = 0;
  /** True if a publication with an offset was delivered since this was last set to `false`. */
  active = false;
  /** Functions that get each event before the subscribers do; `undefined` where there are none. */
  observers: readonly Observer[] | undefined = undefined;
  /** State of what waits, for the coalescer. */
  readonly joining: Joining = new Joining();
  /** Number of positioned subscribers. */
  positioned = 0;
  readonly #subscriptions = new Map<Connection, Subscription>();
  readonly #owner: ChannelOwner<Channel>;
  /** Numbers of subscribers for which publications are collected, of those with deltas, and of those with joins and leaves. */
  #collecting = 0;
  #deltas = 0;
  #joinLeaves = 0;
  /** Publications that were delivered so far, and subscriptions that were added. */
  #delivered = 0;
  #added = 0;
  /** Publications that no subscriber was sent yet. */
  #pending: FanOut | undefined;
  /** The fan-out that is being sent, and its recipients that are left; those that were added before `#place` had their turn. */
  #current: FanOut | undefined;
  #rest: Iterator<Subscription, undefined> = [].values();
  #place = 0;
  /** `undefined` where nothing may be dropped for a slow subscriber. */
  readonly #slowOptions: DeliveryOptions | undefined;
  /** True if subscribers have a use for positions. */
  readonly #hasPositions: boolean;
  #isFanningOut = false;
  #startedAt = 0;
  /** Base of the next delta. */
  #last: Publication | undefined;

  /** Called by its owner. */
  constructor(
    name: string,
    options: DeliveryOptions | undefined,
    owner: ChannelOwner<Channel>,
  ) {
    this.name = name;
    this.#owner = owner;
    const isStrict = options?.slowPolicy === "close";
    this.#slowOptions = isStrict ? undefined : options;
    this.#hasPositions = options === undefined || keepsHistory(options);
  }

  /** Waits for the broker. Rejects as `ready` does: the broker tries again by itself, and the next subscriber asks again. */
  expect(ready: void | Promise<void>): void | Promise<void> {
    this.ready = ready ?? undefined;
    this.isRefused = false;
    return ready?.then(() => {
      if (this.ready === ready) this.ready = undefined;
    }, (error) => {
      this.isRefused = this.ready === ready;
      throw error;
    });
  }

  /** True if no subscription is there, nor waits for it. */
  get unused(): boolean {
    return this.#subscriptions.size === 0 && this.waiting === 0;
  }

  /** Number of subscribers. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /** True if as much waits behind the fan-out that is being sent as may be joined: a publisher had better wait. */
  get crowded(): boolean {
    return this.#current !== undefined && this.#pending?.full === true;
  }

  /** Number of events that its subscribers were sent since it was opened. */
  get delivered(): number {
    return this.#delivered;
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
    subscription.from = this.#delivered;
    subscription.place = this.#added++;
    const { connection, delta } = subscription;
    this.#subscriptions.set(connection, subscription);
    if (isCollecting(subscription)) this.#collecting++;
    if (delta !== "off") this.#deltas++;
    if (subscription.joinLeave) this.#joinLeaves++;
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
    if (subscription.joinLeave) this.#joinLeaves--;
    if (subscription.positioned) this.positioned--;
    return subscription;
  }

  /** Sends a publication to every subscriber, at once or joined with others; `false` if it has no subscriber. */
  deliver(publication: Publication): boolean {
    if (this.observers !== undefined) this.#observe(publication);
    if (this.#subscriptions.size === 0) return false;
    const isForAll = publication.type === "publication";
    if (!isForAll && this.#joinLeaves === 0) return true;
    // Joins and leaves arrive also where publications are lost.
    const isPlaced = publication.offset > 0;
    if (isPlaced) this.active = true;
    // An offset from which no client can recover is not worth its bytes.
    const isBare = isPlaced && !this.#hasPositions;
    const event = isBare ? { ...publication, offset: 0 } : publication;
    if (isForAll && this.#sendAlone(event)) return true;
    const pending = this.#pending ??= this.#collect();
    pending.add(event);
    this.#delivered++;
    if (this.#current === undefined) this.#goOn(1);
    else if (pending.full) this.#catchUp(pending);
    return true;
  }

  /** Sends what waits, or lets it be joined with others: so many publications that are new, or all. */
  #goOn(count = this.#pending?.publications.length ?? 0): void {
    if (count === 0) return;
    if (this.#collecting > 0 && !this.#pending?.full) {
      return this.#owner.onCollect(this, count);
    }
    const { recipientsPerTurn } = this.#owner;
    const sent = this.advance(recipientsPerTurn);
    if (sent === recipientsPerTurn) this.#owner.onUnfinished(this);
  }

  /** Sends a publication to the only subscriber, where nothing is joined, waits or may be dropped: that needs no fan-out. */
  #sendAlone(publication: Publication): boolean {
    const { recipientsPerTurn: most, fanOuts } = this.#owner;
    if (this.#subscriptions.size !== 1 || most === 1) return false;
    if (this.#collecting > 0 || this.#slowOptions) return false;
    if (this.#pending ?? this.#current) return false;
    const { value: only } = this.#subscriptions.values().next();
    if (only === undefined || only.held) return false;
    this.#delivered++;
    // What is published meanwhile follows, as behind any fan-out.
    this.#current = LONE;
    this.#isFanningOut = true;
    this.#place = only.place + 1;
    this.#startedAt = fanOuts.begin();
    try {
      const frame = only.connection.protocol.encodePublication(publication);
      if (frame !== undefined) only.connection.send(frame);
    } catch (error) {
      this.#owner.onError(this, error);
    }
    this.#isFanningOut = false;
    this.#end(LONE);
    this.#goOn();
    return true;
  }

  /** Sends what waits to at most `max` subscribers, and returns to how many: to fewer if nothing is left. */
  advance(max: number): number {
    let sent = 0;
    for (let batch; sent < max && (batch = this.#begin()) !== undefined;) {
      this.#isFanningOut = true;
      while (sent < max) {
        const { value: subscription } = this.#rest.next();
        if (subscription === undefined) {
          this.#end(batch);
          break;
        }
        sent++;
        this.#place = subscription.place + 1;
        try {
          this.#sendBatch(subscription, batch, subscription.from);
        } catch (error) {
          // The others get theirs; thrown at the end of a turn, it would end the process.
          this.#report(batch, error);
        }
      }
      this.#isFanningOut = false;
      const pending = this.#pending;
      if (this.#current !== undefined || pending === undefined) break;
      if (this.#collecting > 0 && !pending.full) {
        this.#owner.onCollect(this, pending.publications.length);
        break;
      }
    }
    return sent;
  }

  /**
   * Goes on with a fan-out behind which another is full: a publication that could not
   * be delayed, such as another node's, brings a slice forward. One that makes the
   * other twice as long ends the fan-out, so that no more than that is kept.
   */
  #catchUp(pending: FanOut): void {
    if (this.#isFanningOut) return;
    const { recipientsPerTurn } = this.#owner;
    this.advance(pending.overfull ? this.size : recipientsPerTurn);
  }

  /** Sends all that waits, to every subscriber. */
  flush(): void {
    if (this.#isFanningOut) return;
    this.advance(Infinity);
    // What waited for the fan-out that was being sent.
    if (this.#pending !== undefined) this.advance(Infinity);
  }

  /** Sends a connection that leaves what it has not been sent yet; one that has gone gets nothing. */
  flushTo(connection: Connection): void {
    const subscription = this.#subscriptions.get(connection);
    if (subscription === undefined || connection.closed) return;
    const { held, from, place } = subscription;
    // It is being sent something now, and ends because of that.
    const isBusy = this.#isFanningOut && place === this.#place - 1;
    if (held !== undefined || isBusy) return;
    const current = place < this.#place ? undefined : this.#current;
    const pending = this.#pending;
    // It does not get them again, should it stay.
    subscription.from = this.#delivered;
    try {
      if (current !== undefined) this.#sendBatch(subscription, current, from);
      if (pending === undefined) return;
      if (this.#subscriptions.get(connection) !== subscription) return;
      this.#sendBatch(subscription, pending, from);
    } catch (error) {
      this.#owner.onError(this, error);
    }
  }

  /** Sends a subscription what was held back until its client was notified of it. */
  begin(subscription: Subscription): void {
    const { held = [] } = subscription;
    subscription.held = undefined;
    if (held.length === 0) return;
    const batch = new FanOut(0, undefined);
    for (const publication of held) batch.add(publication);
    // The base of its deltas is not that of the channel's next one.
    if (subscription.delta === "off") this.#sendBatch(subscription, batch, 0);
    else this.#sendEach(subscription, batch, 0);
  }

  #observe(publication: Publication): void {
    for (const observer of this.observers ?? []) observer(publication);
  }

  #collect(): FanOut {
    const { last } = this.#current ?? { last: this.#last };
    return new FanOut(this.#delivered, last);
  }

  /** The fan-out that goes on, or the next one; `undefined` if nothing waits. */
  #begin(): FanOut | undefined {
    if (this.#current !== undefined || this.#pending === undefined) {
      return this.#current;
    }
    this.#current = this.#pending;
    this.#pending = undefined;
    this.#rest = this.#subscriptions.values();
    this.#place = 0;
    this.#startedAt = this.#owner.fanOuts.begin();
    return this.#current;
  }

  /** Reports an error of a fan-out; those of its later recipients are the same. */
  #report(batch: FanOut, error: unknown): void {
    if (batch.hasFailed) return;
    batch.hasFailed = true;
    this.#owner.onError(this, error);
  }

  #end(batch: FanOut): void {
    if (this.#deltas > 0) this.#last = batch.last;
    this.#current = undefined;
    this.#owner.fanOuts.end(this.#startedAt);
    this.#owner.onSent();
  }

  /** Sends a subscription the publications of a batch, from the number `from` on. */
  #sendBatch(subscription: Subscription, batch: FanOut, from: number): void {
    const { connection, delta, held } = subscription;
    const skip = from > batch.number ? from - batch.number : 0;
    // It came while others were sent this already.
    if (skip > 0 && skip >= batch.publications.length) return;
    if (held !== undefined) {
      subscription.hold(batch.publications.slice(skip));
      if (subscription.heldBytes <= this.#owner.maxHeldBytes) return;
      return this.#owner.onOverflow(subscription);
    }
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
    if (delta === "fresh" && batch.hasBase) subscription.delta = "ready";
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
    publication: Publication,
    frame: Outgoing,
  ): void {
    const { connection } = subscription;
    if (publication.type !== "publication") return connection.send(frame);
    const key = conflationOf(publication, this.#slowOptions);
    const mustEnd = connection.enqueue(frame, { subscription, key });
    if (mustEnd) this.#owner.onGap(subscription);
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
