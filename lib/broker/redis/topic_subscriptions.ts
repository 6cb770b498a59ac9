/** The channels that this node wants to hear, and what it has heard of each. */

import type { Publication, StreamPosition } from "../../base/publication.ts";
import { decodeMessage } from "./codec.ts";
import type { RedisConnection } from "./connection.ts";
import type { RedisLink } from "./link.ts";
import type { RedisStreams, Seen } from "./stream.ts";

interface Subscription {
  readonly channel: string;
  /** Settles when the newest attempt does; `undefined` when it has failed. */
  active: Promise<void> | undefined;
  /** The newest position that this node has heard of. */
  seen: Seen | undefined;
}

/** What subscriptions work with. */
export interface SubscriptionsDeps {
  readonly link: RedisLink;
  readonly streams: RedisStreams;
  /** Takes each publication, in the order of the channel. */
  readonly onPublication: (publication: Publication) => void;
  /** Called when publications of a channel are missing between two that arrived. */
  readonly onGap: (channel: string) => void;
}

/** Remembers what is wanted, whether Redis is there or not, and renews it. */
export class Subscriptions {
  readonly #deps: SubscriptionsDeps;
  readonly #byTopic = new Map<string, Subscription>();

  constructor(deps: SubscriptionsDeps) {
    this.#deps = deps;
  }

  /**
   * Resolves once publications of the channel arrive. A rejection says that they do
   * not yet: until it is unsubscribed, the channel is tried again with each connection.
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

  /** Ends the interest in a channel at once. */
  async unsubscribe(channel: string): Promise<void> {
    const topic = this.#deps.link.topicOf(channel);
    if (!this.#byTopic.delete(topic)) return;
    await this.#deps.link.unsubscribe(topic);
  }

  /** Subscribes to all that is wanted on a new connection. */
  async renew(connection: RedisConnection): Promise<void> {
    const topics = [...this.#byTopic.keys()];
    const active = connection.subscribe(topics);
    for (const subscription of this.#byTopic.values()) {
      this.#activate(subscription, active).catch(() => {});
    }
    await active;
    await this.#settle(connection);
  }

  /** Takes note that the connection is lost, and all that was active with it. */
  lose(): void {
    for (const subscription of this.#byTopic.values()) {
      subscription.active = undefined;
    }
  }

  /** Takes note of a position that Redis has told for a channel. */
  note(channel: string, { offset, epoch }: StreamPosition): void {
    const { link } = this.#deps;
    const subscription = this.#byTopic.get(link.topicOf(channel));
    if (subscription === undefined) return;
    const { seen } = subscription;
    if (seen?.epoch === epoch && seen.offset >= offset) return;
    subscription.seen = { offset, epoch, life: link.life };
  }

  /** Takes what was published to a topic, and hands it on. */
  receive(text: string, topic: string): void {
    const subscription = this.#byTopic.get(topic);
    // What was under way when the channel was unsubscribed.
    if (subscription === undefined) return;
    const message = decodeMessage(text, subscription.channel);
    const isNext = this.#isNext(subscription, message);
    for (const publication of message.publications) {
      this.#deps.onPublication(publication);
    }
    if (!isNext) this.#deps.onGap(subscription.channel);
  }

  #isNext(
    subscription: Subscription,
    { epoch, first, publications }: ReturnType<typeof decodeMessage>,
  ): boolean {
    if (first === 0) return true;
    const { seen } = subscription;
    const offset = first + publications.length - 1;
    subscription.seen = { epoch, offset, life: this.#deps.link.life };
    return seen === undefined ||
      (seen.epoch === epoch && seen.offset + 1 === first);
  }

  /**
   * A server that was started again may have forgotten what this node has heard,
   * and others may have published in its place. Such a stream begins anew, so that
   * nobody takes the new publications for those it knows.
   */
  async #settle(connection: RedisConnection): Promise<void> {
    const settled = [];
    for (const { channel, seen } of this.#byTopic.values()) {
      if (seen === undefined || seen.life === connection.life) continue;
      const { streams } = this.#deps;
      settled.push(streams.settle(connection, { channel, ...seen }));
    }
    await Promise.all(settled);
  }

  async #activate(
    subscription: Subscription,
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
