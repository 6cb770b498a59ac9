/** Subscriptions of this node in Redis, and the newest received position of each. */

import type { Publication, StreamPosition } from "../../base/publication.ts";
import { decodeMessage, type Message } from "./codec.ts";
import type { RedisConnection } from "./connection.ts";
import type { RedisLink } from "./link.ts";

interface TopicSubscription {
  readonly channel: string;
  /** Settles with the newest attempt; `undefined` after it has failed. */
  active: Promise<void> | undefined;
  /** Newest position that this node has received. */
  seen: StreamPosition | undefined;
}

/** Dependencies of {@linkcode TopicSubscriptions}. */
export interface TopicSubscriptionsDeps {
  readonly link: RedisLink;
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
    const topic = this.#deps.link.topicOf(channel);
    const known = this.#byTopic.get(topic);
    if (known?.active !== undefined) return known.active;
    const subscription = known ??
      { channel, active: undefined, seen: undefined };
    this.#byTopic.set(topic, subscription);
    return this.#activate(subscription, this.#deps.link.subscribe(topic));
  }

  /** Ends the subscription to a channel at once. */
  async unsubscribe(channel: string): Promise<void> {
    const topic = this.#deps.link.topicOf(channel);
    if (!this.#byTopic.delete(topic)) return;
    await this.#deps.link.unsubscribe(topic);
  }

  /** Subscribes to all channels on a new connection. */
  async renew(connection: RedisConnection): Promise<void> {
    const topics = [...this.#byTopic.keys()];
    const active = connection.subscribe(topics);
    for (const subscription of this.#byTopic.values()) {
      this.#activate(subscription, active).catch(() => {});
    }
    await active;
  }

  /** Marks all subscriptions as inactive, because the connection is lost. */
  deactivate(): void {
    for (const subscription of this.#byTopic.values()) {
      subscription.active = undefined;
    }
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
