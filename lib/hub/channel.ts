/** Subscribers of one channel on this node, and the fan-out to them. */

import { FanOut } from "./fan_out.ts";
import type { Connection } from "./connection.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";
import { lengthOf, type Publication } from "../base/publication.ts";
import { checkLive } from "../base/recovery.ts";
import type { Subscription } from "./subscription.ts";

/** What waits for a joined frame is sent at once when it is as much as this. */
const MAX_JOINED = 256;
const MAX_JOINED_BYTES = 65_536;
/** A subscription that is not told yet ends when it has more than this to wait for. */
const MAX_HELD = 4_096;

/** Who a channel asks to be flushed later, and tells of subscribers that missed something. */
export interface ChannelOwner {
  /** The channel has something that may be joined by more, and is to be flushed soon. */
  onCollect(channel: Channel): void;
  /** Such a channel has got something more. */
  onCollectMore(): void;
  /** A positioned subscription has a gap in front of it. */
  onGap(subscription: Subscription): void;
  /** What was collected cannot be sent: it was made wrongly. Those who come after it get theirs. */
  onError(channel: Channel, error: unknown): void;
  /** A subscription whose client is not told of it yet has more to wait for than it may: it must end. */
  onOverflow(subscription: Subscription): void;
}

/** One channel of this node. */
export class Channel {
  /** The channel's name, or an inbox. */
  readonly name: string;
  /** Settles once the broker delivers this channel's publications; `undefined` when it does. */
  ready: Promise<void> | undefined;
  /** Connections that wait for {@linkcode ready}; while there are any, the channel is in use. */
  waiting = 0;
  /** Whether something with a place in the order was delivered since this was last set to `false`. */
  active = false;
  /** How many subscribers hear of gaps. */
  positioned = 0;
  readonly #subscriptions = new Map<Connection, Subscription>();
  readonly #owner: ChannelOwner;
  /** Subscribers that make it worth to collect, and those who want deltas. */
  #collecting = 0;
  #deltas = 0;
  #pending: Publication[] = [];
  #pendingBytes = 0;
  #isFanningOut = false;
  /** What the next delta builds upon. */
  #last: Publication | undefined;

  /** Made by its owner. */
  constructor(
    name: string,
    ready: void | Promise<void>,
    owner: ChannelOwner,
  ) {
    this.name = name;
    this.ready = ready ?? undefined;
    this.#owner = owner;
  }

  /** Whether nobody is subscribed, nor about to be. */
  get unused(): boolean {
    return this.#subscriptions.size === 0 && this.waiting === 0;
  }

  /** How many are subscribed. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /** Who is subscribed. */
  get subscriptions(): Iterable<Subscription> {
    return this.#subscriptions.values();
  }

  /** The subscription of `connection`, if it has one. */
  get(connection: Connection): Subscription | undefined {
    return this.#subscriptions.get(connection);
  }

  /** Adds a subscription of a connection that has none; it gets what is delivered from now on. */
  add(subscription: Subscription): void {
    this.flush();
    const { connection, delta } = subscription;
    this.#subscriptions.set(connection, subscription);
    if (isCollecting(subscription)) this.#collecting++;
    if (delta !== "off") this.#deltas++;
    if (subscription.positioned) this.positioned++;
  }

  /** Ends the subscription of `connection`, also in the middle of a fan-out; it gets what was delivered before. */
  remove(connection: Connection): Subscription | undefined {
    if (this.#subscriptions.has(connection)) this.flush();
    // What it was just sent may have ended it already.
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

  /** Takes a publication to every subscriber; says whether there is one. */
  deliver(publication: Publication): boolean {
    if (this.#subscriptions.size === 0) return false;
    // Joins and leaves go on also where publications are lost.
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

  /** Sends what was collected. */
  flush(): void {
    if (this.#pending.length === 0 || this.#isFanningOut) return;
    const publications = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    try {
      this.#fanOut(publications);
    } catch (error) {
      // Thrown at the end of a turn, it would end the process.
      this.#owner.onError(this, error);
    }
  }

  /** Sends a subscription what was held back until it was told that it is one. */
  begin(subscription: Subscription): void {
    const { held = [] } = subscription;
    subscription.held = undefined;
    this.#sendEach(subscription, held);
  }

  /** Sends at once where nobody's messages are joined or compared; encoded once per protocol. */
  #sendAll(publication: Publication): void {
    let protocol: Protocol<Outgoing> | undefined;
    let frame: Outgoing | undefined;
    let frames: Map<Protocol<Outgoing>, Outgoing | undefined> | undefined;
    const isForAll = publication.type === "publication";
    this.#isFanningOut = true;
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
        if (frame !== undefined) connection.send(frame);
      }
    } finally {
      this.#endFanOut();
    }
  }

  #fanOut(publications: readonly Publication[]): void {
    const batch = new FanOut(publications, this.#last);
    this.#isFanningOut = true;
    try {
      for (const subscription of this.#subscriptions.values()) {
        if (subscription.held !== undefined) {
          this.#hold(subscription, subscription.held, publications);
        } else if (batch.follow(subscription)) {
          send(batch, subscription);
          const isBase = subscription.delta === "fresh" &&
            batch.last !== this.#last;
          if (isBase) subscription.delta = "ready";
        } else this.#sendEach(subscription, publications);
      }
      if (this.#deltas > 0) this.#last = batch.last;
    } finally {
      this.#endFanOut();
    }
  }

  #endFanOut(): void {
    this.#isFanningOut = false;
    // What was delivered meanwhile could not be flushed then.
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

  /** Sends one after another to a subscriber that may know some of them already. */
  #sendEach(
    subscription: Subscription,
    publications: readonly Publication[],
  ): void {
    // What this subscriber has got differs from what the channel builds upon.
    if (subscription.delta === "ready") subscription.delta = "fresh";
    for (const publication of publications) {
      if (subscription.positioned && publication.offset > 0) {
        const found = checkLive(subscription.position, publication);
        if (found === "gap") return this.#owner.onGap(subscription);
        if (found === "known") continue;
      }
      const batch = new FanOut([publication], undefined);
      batch.follow(subscription);
      send(batch, subscription);
    }
  }
}

/** Whether messages to the subscriber can be joined, or have to be compared with its position. */
function isCollecting(
  { connection, positioned, delta }: Subscription,
): boolean {
  return positioned || delta !== "off" ||
    connection.protocol.join !== undefined;
}

function send(batch: FanOut, subscription: Subscription): void {
  const frames = batch.framesFor(subscription);
  const { connection } = subscription;
  // No iterator: this is done for every recipient.
  for (let index = 0; index < frames.length; index++) {
    connection.send(frames[index]!);
  }
}
