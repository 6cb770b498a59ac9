/** Subscriptions of this node in PostgreSQL, and the newest publication of each that it has read. */

import { type Deferred, deferred } from "../../base/deferred.ts";
import type { Clock } from "../../base/clock.ts";
import type { StreamPosition } from "../../base/publication.ts";
import { toArray, unescapeName } from "./codec.ts";
import { Lane } from "./lane.ts";
import type { PostgresLink } from "./link.ts";
import { hasEnded, parseSnapshot, type Snapshot } from "./snapshot.ts";

/** Subscription of this node to a topic: the escaped name of a channel, or a name of nodes. */
export class Subscription {
  readonly topic: string;
  /** Settles with the newest attempt; `undefined` after it has failed. */
  active: Promise<void> | undefined;
  /** Publications that were committed before it are not for this subscription. */
  since: Snapshot | undefined;
  /** Newest position that this node has read. */
  #seen: StreamPosition | undefined;

  constructor(topic: string) {
    this.topic = topic;
  }

  /** Name of the channel. */
  get channel(): string {
    return unescapeName(this.topic);
  }

  /** Checks whether what a transaction has published came after the beginning. */
  takes(xid: number): boolean {
    return this.since === undefined || !hasEnded(xid, this.since);
  }

  /** Moves to a position, and checks whether it is the next one. */
  isNext({ offset, epoch }: StreamPosition): boolean {
    if (offset === 0) return true;
    const seen = this.#seen;
    this.#seen = { offset, epoch };
    return seen === undefined ||
      (seen.epoch === epoch && seen.offset + 1 === offset);
  }
}

/** A subscription to begin, or a topic to leave. */
interface Change extends Deferred<void> {
  readonly topic: string;
  readonly subscription: Subscription | undefined;
}

/** Dependencies of {@linkcode Subscriptions}. */
export interface SubscriptionsDeps {
  readonly link: PostgresLink;
  readonly clock: Clock;
  /** Returns the id under which this node is registered. */
  readonly idOf: () => string;
}

/** Keeps the subscriptions while PostgreSQL is away; the changes of one turn go into one statement. */
export class Subscriptions {
  readonly #deps: SubscriptionsDeps;
  readonly #byTopic = new Map<string, Subscription>();
  readonly #changes: Lane<Change>;

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
    this.#changes = new Lane({
      clock: deps.clock,
      serve: (changes) => this.#serve(changes),
    });
  }

  /** Names of all topics. */
  get topics(): string[] {
    return [...this.#byTopic.keys()];
  }

  /** Returns the subscription to a topic. */
  get(topic: string): Subscription | undefined {
    return this.#byTopic.get(topic);
  }

  /** Keeps a topic, which is subscribed to with the next connection. */
  keep(topic: string): void {
    this.#byTopic.set(topic, new Subscription(topic));
  }

  /**
   * Resolves once publications of the topic are read. After a rejection it is tried
   * again with each connection, until {@linkcode unsubscribe}.
   */
  subscribe(topic: string): Promise<void> {
    const known = this.#byTopic.get(topic);
    if (known?.active !== undefined) return known.active;
    const subscription = known ?? new Subscription(topic);
    this.#byTopic.set(topic, subscription);
    return this.#begin(subscription);
  }

  /** Ends the subscription to a topic at once. */
  async unsubscribe(topic: string): Promise<void> {
    if (!this.#byTopic.delete(topic)) return;
    // The next connection registers without it.
    if (this.#deps.link.ready) await this.#change(topic, undefined);
  }

  /** Notes that a new connection has registered with `topics`; the new ones begin with that. */
  activate(topics: readonly string[], since: Snapshot): void {
    for (const topic of topics) {
      const subscription = this.#byTopic.get(topic);
      if (subscription === undefined || subscription.active) continue;
      subscription.since ??= since;
      subscription.active = Promise.resolve();
    }
  }

  /** Tries again what was rejected since the newest connection has registered. */
  retry(): void {
    for (const subscription of this.#byTopic.values()) {
      if (subscription.active !== undefined) continue;
      // It is tried again with the next connection.
      this.#begin(subscription).catch(() => {});
    }
  }

  /** Marks all subscriptions as inactive, because the connection is lost. */
  deactivate(): void {
    for (const subscription of this.#byTopic.values()) {
      subscription.active = undefined;
    }
  }

  /** Forgets when subscriptions began, except those that began with `since`: numbers of transactions may come a second time. */
  forget(since: Snapshot | undefined): void {
    for (const subscription of this.#byTopic.values()) {
      if (subscription.since !== since) subscription.since = undefined;
    }
  }

  async #begin(subscription: Subscription): Promise<void> {
    const active = this.#change(subscription.topic, subscription);
    subscription.active = active;
    try {
      await active;
    } catch (error) {
      if (subscription.active === active) subscription.active = undefined;
      throw error;
    }
  }

  #change(
    topic: string,
    subscription: Subscription | undefined,
  ): Promise<void> {
    const { promise, ...ends } = deferred();
    this.#changes.add({ topic, subscription, promise, ...ends });
    return promise;
  }

  async #serve(changes: readonly Change[]): Promise<void> {
    // The last change of a topic counts.
    const last = new Map(changes.map((change) => [change.topic, change]));
    const added: string[] = [];
    const dropped: string[] = [];
    for (const { topic, subscription } of last.values()) {
      (subscription === undefined ? dropped : added).push(topic);
    }
    try {
      const { link, idOf } = this.#deps;
      const [[text] = []] = await link.run(
        "select thrum.follow($1::uuid, $2::text[], $3::text[])",
        [idOf(), toArray(added), toArray(dropped)],
      );
      const since = parseSnapshot(String(text));
      for (const { subscription, resolve } of changes) {
        if (subscription !== undefined) subscription.since ??= since;
        resolve();
      }
    } catch (error) {
      for (const { reject } of changes) reject(error);
    }
  }
}
