/** Subscriptions that are about to be made: each has a place among its connection's channels, and can be called off. */

import type { Connection } from "./connection.ts";

/** Who is about to be subscribed, and to what. */
export interface PendingSubscriptionInit {
  /** Who. */
  readonly connection: Connection;
  /** To what. */
  readonly channel: string;
  /** Whether the server makes the subscription, so that its client does not know of it yet. */
  readonly serverSide: boolean;
}

/** The wish for a subscription, until it stands or is given up: then it is disposed of. */
export class PendingSubscription implements Disposable {
  /** To what. */
  readonly channel: string;
  /** Whether the client has not asked for it. */
  readonly serverSide: boolean;
  /** Whether it must not become a subscription any more: it, or its connection, was ended meanwhile. */
  calledOff: boolean;
  readonly #end: (pending: PendingSubscription) => void;

  /** Made by {@linkcode PendingSubscriptions}. */
  constructor(
    { connection, channel, serverSide }: PendingSubscriptionInit,
    end: (pending: PendingSubscription) => void,
  ) {
    this.channel = channel;
    this.serverSide = serverSide;
    this.calledOff = connection.closed;
    this.#end = end;
  }

  /** Gives the place back. */
  [Symbol.dispose](): void {
    this.#end(this);
  }
}

/** Every {@linkcode PendingSubscription} of this node. */
export class PendingSubscriptions {
  readonly #all = new Map<Connection, Set<PendingSubscription>>();

  /** How many connections have one. */
  get size(): number {
    return this.#all.size;
  }

  /** Takes a place, until what is returned is disposed of. */
  begin(init: PendingSubscriptionInit): PendingSubscription {
    const { connection } = init;
    const known = this.#all.get(connection) ?? new Set();
    this.#all.set(connection, known);
    const pending = new PendingSubscription(init, (pending) => {
      known.delete(pending);
      if (known.size === 0) this.#all.delete(connection);
    });
    known.add(pending);
    return pending;
  }

  /** The channels that a connection is about to be subscribed to. */
  channelsOf(connection: Connection): ReadonlySet<string> {
    const pendingSubscriptions = this.#all.get(connection) ?? [];
    return new Set([...pendingSubscriptions].map(({ channel }) => channel));
  }

  /** Calls off what a connection is about to be subscribed to; says whether its client had asked for it. */
  callOff(connection: Connection, channel: string): boolean {
    let isKnown = false;
    for (const pending of this.#all.get(connection) ?? []) {
      if (pending.channel !== channel || pending.calledOff) continue;
      pending.calledOff = true;
      if (!pending.serverSide) isKnown = true;
    }
    return isKnown;
  }

  /** Calls off everything of a connection that has ended. */
  callOffAll(connection: Connection): void {
    for (const pending of this.#all.get(connection) ?? []) {
      pending.calledOff = true;
    }
  }
}
