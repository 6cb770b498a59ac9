/** Subscriptions of this node in Redis, and the newest received position of each. */

import type { Publication, StreamPosition } from "../../base/publication.ts";
import { decodeMessage, type Message } from "./codec.ts";
import type { RedisConnection } from "./connection.ts";
import type { Link } from "./types.ts";

interface TopicSubscription {
  readonly channel: string;
  readonly partition: number;
  /** Settles with the newest attempt; `undefined` after it has failed. */
  active: Promise<void> | undefined;
  /** Newest position that this node has received. */
  seen: StreamPosition | undefined;
}

/** Dependencies of {@linkcode TopicSubscriptions}. */
export interface TopicSubscriptionsDeps {
  readonly link: Link;
  /** Called with each publication, in the order of the channel. */
  readonly onPublication: (publication: Publication) => void;
  /** Called when publications of a channel are missing between two received ones. */
  readonly onGap: (channel: string) => void;
}

/** Keeps the subscriptions while Redis is away, and renews them on each connection. */
export class TopicSubscriptions {
  readonly #deps: TopicSubscriptionsDeps;
  readonly #byTopic = new Map<string, TopicSubscription>();

  constructor(deps: TopicSubscriptionsDeps) {
    this.#deps = deps;
  }

  /**
   * Resolves once publications of the channel arrive. After a rejection it is tried
   * again with each connection, until {@linkcode unsubscribe}.
   */
  subscribe(channel: string): Promise<void> {
    const { link } = this.#deps;
    const topic = link.names.topicOf(channel);
    const known = this.#byTopic.get(topic);
    if (known?.active !== undefined) return known.active;
    const partition = link.names.partitionOf(channel);
    const subscription = known ??
      { channel, partition, active: undefined, seen: undefined };
    this.#byTopic.set(topic, subscription);
    return this.#activate(subscription, link.subscribe(topic));
  }

  /** Ends the subscription to a channel at once. */
  async unsubscribe(channel: string): Promise<void> {
    const topic = this.#deps.link.names.topicOf(channel);
    if (!this.#byTopic.delete(topic)) return;
    await this.#deps.link.unsubscribe(topic);
  }

  /** Subscribes to the channels of these partitions on the connection that serves them now. */
  async renew(
    connection: RedisConnection,
    partitions: ReadonlySet<number>,
  ): Promise<void> {
    // One command has the topics of one partition, because they are in one slot.
    const topics = new Map<number, string[]>();
    for (const [topic, { partition }] of this.#in(partitions)) {
      const others = topics.get(partition);
      if (others === undefined) topics.set(partition, [topic]);
      else others.push(topic);
    }
    const renewed = new Map<number, Promise<void>>();
    for (const [partition, some] of topics) {
      renewed.set(partition, connection.subscribe(some));
    }
    for (const [, subscription] of this.#in(partitions)) {
      const active = renewed.get(subscription.partition);
      if (active === undefined) continue;
      this.#activate(subscription, active).catch(() => {});
    }
    await Promise.all(renewed.values());
  }

  /** Marks the subscriptions of these partitions as inactive, because their connection is lost. */
  deactivate(partitions: ReadonlySet<number>): void {
    for (const [, subscription] of this.#in(partitions)) {
      subscription.active = undefined;
    }
  }

  /** The subscribed channels of these partitions. */
  channelsOf(partitions: ReadonlySet<number>): readonly string[] {
    return [...this.#in(partitions)].map(([, { channel }]) => channel);
  }

  /** Reads a message of a topic, and passes its publications on. */
  receive(text: string, topic: string): void {
    const subscription = this.#byTopic.get(topic);
    // The message was under way when the channel was unsubscribed.
    if (subscription === undefined) return;
    const message = decodeMessage(text, subscription.channel);
    const isNext = this.#isNext(subscription, message);
    for (const publication of message.publications) {
      this.#deps.onPublication(publication);
    }
    if (!isNext) this.#deps.onGap(subscription.channel);
  }

  *#in(
    partitions: ReadonlySet<number>,
  ): Iterable<readonly [topic: string, TopicSubscription]> {
    for (const entry of this.#byTopic) {
      if (partitions.has(entry[1].partition)) yield entry;
    }
  }

  #isNext(
    subscription: TopicSubscription,
    { epoch, first, publications }: Message,
  ): boolean {
    if (first === 0) return true;
    const { seen } = subscription;
    const offset = first + publications.length - 1;
    subscription.seen = { epoch, offset };
    return seen === undefined ||
      (seen.epoch === epoch && seen.offset + 1 === first);
  }

  async #activate(
    subscription: TopicSubscription,
    active: Promise<void>,
  ): Promise<void> {
    subscription.active = active;
    try {
      await active;
    } catch (error) {
      if (subscription.active === active) subscription.active = undefined;
      throw error;
    }
  }
}
