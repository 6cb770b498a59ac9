/** Subscription of one connection to one channel, from its reservation to its end. */

import type { TagsFilter } from "../channel/tags_filter.ts";
import type { Connection } from "./connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import {
  type ClientInfo,
  lengthOf,
  type Publication,
  type StreamPosition,
} from "../base/publication.ts";

/** Number of publications that are held back for a subscription at most. */
const MAX_HELD = 4_096;

/** Settings of a subscription; each that is left out is off. */
export interface SubscriptionOptions {
  /** The subscriber as others see it; by default as its connection. */
  readonly info?: ClientInfo;
  /** True if the client is notified of gaps, and may recover. */
  readonly positioned?: boolean;
  /** True if its publications are sent as deltas. */
  readonly delta?: boolean;
  /** The publications that it is sent; by default all of them. */
  readonly filter?: TagsFilter;
  /** True if it is sent joins and leaves. */
  readonly joinLeave?: boolean;
  /** True if the server made it: its client cannot subscribe again by itself. */
  readonly serverSide?: boolean;
  /** True if a token for this channel was accepted. */
  readonly tokenAccepted?: boolean;
}

/**
 * Life of a subscription. `pending`: it has a place among its connection's channels,
 * and waits for its token, the program and the broker. `standing`: it receives.
 * `ended`, or `overflown` where too much arrived before its client was notified: it
 * receives nothing any more.
 */
export type SubscriptionState = "pending" | "standing" | "ended" | "overflown";

/** Form of a subscription's next publication; the first delta needs one in full before it. */
export type DeltaState = "off" | "fresh" | "ready";

/** One subscription. The hub and the channel write it. */
export class Subscription {
  // The first ones lie side by side, for a fan-out reads them of every recipient.
  /** The subscriber. */
  readonly connection: Connection;
  /** Number in its channel of the first publication that it gets; see {@linkcode Channel.add}. */
  from = 0;
  /** Number among the subscriptions that its channel has ever had. */
  place = 0;
  /** Publications that arrived before the client was notified of the subscription; `undefined` from then on. */
  held: Publication[] | undefined = [];
  /** Bytes of all that was held back so far; `Infinity` once that are too many publications. */
  heldBytes = 0;
  /** Form of the next publication. */
  delta: DeltaState = "off";
  /** True if the client is notified of gaps, and may recover. */
  positioned = false;
  /** True if it is sent joins and leaves. */
  joinLeave = false;
  /** The publications that it is sent; `undefined` for all of them. */
  filter: TagsFilter | undefined = undefined;
  /** The newest position that was sent, where it is positioned. */
  offset = 0;
  /** The epoch of {@linkcode offset}. */
  epoch = "";
  /** Name of the channel. */
  readonly channel: string;
  /** True if the server made it. */
  readonly serverSide: boolean;
  /** The part of its life that it is in. */
  state: SubscriptionState = "pending";
  /** The subscriber as others see it. */
  info: ClientInfo;
  /** True if a token for this channel was accepted. */
  tokenAccepted = false;
  /** Cancels the end of the subscription when its token expires. */
  stopExpiry: (() => void) | undefined = undefined;

  /** Called by the hub, which registers it. */
  constructor(
    connection: Connection,
    channel: string,
    options: SubscriptionOptions = {},
  ) {
    this.connection = connection;
    this.channel = channel;
    this.serverSide = options.serverSide ?? false;
    this.info = connection.info;
    this.configure(options);
  }

  /** Takes its settings, as long as it is pending. */
  configure(options: Omit<SubscriptionOptions, "serverSide">): void {
    this.info = options.info ?? this.connection.info;
    this.positioned = options.positioned ?? false;
    this.joinLeave = options.joinLeave ?? false;
    this.tokenAccepted = options.tokenAccepted ?? false;
    this.delta = options.delta ? "fresh" : "off";
    this.filter = options.filter;
  }

  /** Holds publications back until {@linkcode Channel.begin}. */
  hold(publications: readonly Publication[]): void {
    const held = this.held ??= [];
    for (const publication of publications) {
      held.push(publication);
      this.heldBytes += lengthOf(publication.payload);
    }
    if (held.length > MAX_HELD) this.heldBytes = Infinity;
  }

  /** True if it stands. */
  get standing(): boolean {
    return this.state === "standing";
  }

  /** True if it has ended. */
  get ended(): boolean {
    return this.state === "ended" || this.state === "overflown";
  }

  /**
   * Checks that it did not overflow.
   *
   * @throws {ProtocolError} If too much arrived before its client was notified (100): the client may try again.
   */
  requireRoom(): void {
    if (this.state !== "overflown") return;
    throw new ProtocolError(
      errors.internal,
      `too much was published to "${this.channel}" meanwhile`,
    );
  }

  /** The newest position that was sent. */
  get position(): StreamPosition {
    return { offset: this.offset, epoch: this.epoch };
  }

  /** Moves it to a position. */
  set position({ offset, epoch }: StreamPosition) {
    this.offset = offset;
    this.epoch = epoch;
  }
}

/** Checks whether publications for the subscriber can be joined, or are compared with its position or its filter. */
export function isCollecting(
  { connection, positioned, delta, filter }: Subscription,
): boolean {
  return positioned || delta !== "off" || filter !== undefined ||
    connection.protocol.join !== undefined;
}
