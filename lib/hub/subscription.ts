/** One connection's place in one channel: how it reads the channel, and how far it has read. */

import type { Connection } from "./connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type {
  ClientInfo,
  Publication,
  StreamPosition,
} from "../base/publication.ts";

/** What a subscription is made of; what is left out is off. */
export interface SubscriptionOptions {
  /** How others see the subscriber; by default as its connection. */
  readonly info?: ClientInfo;
  /** Whether it hears of gaps, and may recover. */
  readonly positioned?: boolean;
  /** Whether its publications come as deltas. */
  readonly delta?: boolean;
  /** Whether it hears who joins and leaves. */
  readonly joinLeave?: boolean;
  /** Whether the server made it: its client cannot subscribe anew by itself. */
  readonly serverSide?: boolean;
  /** Whether a token for this channel was accepted. */
  readonly tokenAccepted?: boolean;
}

/** How a subscription's next publication is written; the first is always in full. */
export type DeltaState = "off" | "fresh" | "ready";

/** A connection that is subscribed to a channel. The hub and the channel write it. */
export class Subscription {
  /** Who is subscribed. */
  readonly connection: Connection;
  /** To what. */
  readonly channel: string;
  /** How others see the subscriber. */
  readonly info: ClientInfo;
  /** Whether it hears of gaps, and may recover. */
  readonly positioned: boolean;
  /** Whether it hears who joins and leaves. */
  readonly joinLeave: boolean;
  /** Whether the server made it. */
  readonly serverSide: boolean;
  /** Whether a token for this channel was accepted. */
  tokenAccepted: boolean;
  /** How the next publication is written. */
  delta: DeltaState;
  /** The newest position that was sent, where it is positioned. */
  offset = 0;
  /** The epoch of {@linkcode offset}. */
  epoch = "";
  /** What has arrived while the subscription is not told yet; `undefined` from then on. */
  held: Publication[] | undefined = [];
  /** Whether it ended because more arrived than can be held back. */
  overflown = false;
  /** Cancels what happens when its token ends. */
  stopExpiry: (() => void) | undefined = undefined;

  /** Made by the hub. */
  constructor(
    connection: Connection,
    channel: string,
    options: SubscriptionOptions,
  ) {
    this.connection = connection;
    this.channel = channel;
    this.info = options.info ?? connection.info;
    this.positioned = options.positioned ?? false;
    this.joinLeave = options.joinLeave ?? false;
    this.serverSide = options.serverSide ?? false;
    this.tokenAccepted = options.tokenAccepted ?? false;
    this.delta = options.delta ? "fresh" : "off";
  }

  /**
   * Says whether it has ended because too much arrived before its client was told of it.
   *
   * @throws {ProtocolError} If so: the client may try again.
   */
  requireRoom(): void {
    if (!this.overflown) return;
    throw new ProtocolError(
      errors.internal,
      `too much was published to "${this.channel}" meanwhile`,
    );
  }

  /** Where it stands. */
  get position(): StreamPosition {
    return { offset: this.offset, epoch: this.epoch };
  }

  /** Takes note of how far it has read. */
  set position({ offset, epoch }: StreamPosition) {
    this.offset = offset;
    this.epoch = epoch;
  }
}
