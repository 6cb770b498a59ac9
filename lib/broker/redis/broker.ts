/** The broker of nodes that share a Redis, or a Redis Cluster. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import { TopicCalls } from "../topic_calls.ts";
import type { RedisConnection } from "./connection.ts";
import { NODES_PARTITION } from "./names.ts";
import { Publisher } from "./publisher.ts";
import { RedisStreams } from "./stream.ts";
import { TopicSubscriptions } from "./topic_subscriptions.ts";
import type { Link } from "./types.ts";
import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  HistoryResult,
  Published,
  PublishRequest,
  RecoverQuery,
  RelayCounters,
} from "../types.ts";

const DEFAULT_MAX_WAITING_BYTES = 67_108_864;

/** Options of a Redis broker. */
export interface RedisBrokerOptions {
  /** Link to Redis, which the broker opens and closes; see `connectRedis`. */
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Maximum number of bytes of publications that wait for Redis; more are refused.
   * @default {67_108_864}
   */
  readonly maxWaitingBytes?: number;
}

/**
 * Keeps every channel's stream in Redis; the order of a channel is the order in which
 * Redis publishes. One script gives a publication its offset, stores it and sends it
 * to the nodes that are subscribed to the channel. While Redis is away every method
 * rejects at once and subscriptions are kept; when it is back they are renewed, and
 * the node compares its positions. In a cluster that holds for the channels of each
 * primary.
 *
 * A stream without a history begins with its first subscriber. Every position is
 * dropped a day after its last use. Each life of the server gives a stream another
 * epoch, because a restart or a failover may have lost its newest publications: then
 * no client recovers from a position that was lost.
 */
export class RedisBroker implements Broker {
  readonly node: string;
  readonly mode = "redis";
  /** Counts the gaps between two messages of a channel; nothing is sent again. */
  readonly relayCounters: RelayCounters = { gaps: 0, repairs: 0, drops: 0 };
  readonly #link: Link;
  readonly #publisher: Publisher;
  readonly #streams: RedisStreams;
  readonly #subscriptions: TopicSubscriptions;
  readonly #calls: TopicCalls;
  #owner: BrokerNode | undefined;
  /** Partitions that were ready before. */
  readonly #served = new Set<number>();

  constructor(
    { link, clock, random, maxWaitingBytes = DEFAULT_MAX_WAITING_BYTES }:
      RedisBrokerOptions,
  ) {
    this.node = random.uuid();
    this.#link = link;
    this.#publisher = new Publisher({
      link,
      clock,
      random,
      maxWaitingBytes,
    });
    this.#streams = new RedisStreams({ link, random });
    this.#subscriptions = new TopicSubscriptions({
      link,
      onPublication: (publication) => this.#deliver(publication),
      onGap: (channel) => {
        this.relayCounters.gaps++;
        this.#owner?.checkPositions(channel);
      },
    });
    this.#calls = new TopicCalls({
      clock,
      node: this.node,
      topicOf: (node) => link.names.nodeTopicOf(node),
      send: (topic, text) => link.publish(topic, text),
      onError: (error) => link.report(error, "answer"),
      onCall: (call) => this.#owner?.answer(call),
    });
  }

  get ready(): boolean {
    return this.#link.ready;
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    this.#link.open({
      onConnect: (connection, partitions) =>
        this.#renew(connection, partitions),
      onReady: (partitions) => this.#onReady(partitions),
      onLoss: (partitions) => {
        this.#subscriptions.deactivate(partitions);
        if (this.#hasNodes(partitions)) this.#calls.lose();
      },
      onMessage: (message, topic) => {
        if (this.#calls.receive(message, topic)) return;
        this.#subscriptions.receive(message, topic);
      },
    });
  }

  subscribe(channel: string): Promise<void> {
    return this.#subscriptions.subscribe(channel);
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#subscriptions.unsubscribe(channel);
  }

  publish(request: PublishRequest): Promise<Published> {
    return this.#publisher.publish(request);
  }

  position(channel: string): Promise<StreamPosition> {
    return this.#streams.position(channel);
  }

  recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    return this.#streams.recover(channel, query);
  }

  history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    return this.#streams.history(channel, query);
  }

  removeHistory(channel: string): Promise<void> {
    return this.#streams.remove(channel);
  }

  call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    return this.#calls.call(node, call);
  }

  /** Ends the broker and its link, once Redis has every earlier publication. */
  async close(): Promise<void> {
    this.#publisher.flush();
    await this.#link.close();
    this.#calls.lose();
  }

  async #renew(
    connection: RedisConnection,
    partitions: ReadonlySet<number>,
  ): Promise<void> {
    if (this.#hasNodes(partitions)) {
      await connection.subscribe(this.#calls.topics);
    }
    await this.#subscriptions.renew(connection, partitions);
  }

  #onReady(partitions: ReadonlySet<number>): void {
    const again = [...partitions].filter((each) => this.#served.has(each));
    for (const partition of partitions) this.#served.add(partition);
    if (again.length === 0) return;
    if (!this.#link.isCluster) return this.#owner?.checkPositions();
    const channels = this.#subscriptions.channelsOf(new Set(again));
    if (channels.length > 0) this.#owner?.checkPositions(channels);
  }

  /** True if nodes call one another by one of these partitions. */
  #hasNodes(partitions: ReadonlySet<number>): boolean {
    return partitions.has(NODES_PARTITION);
  }

  #deliver(publication: Publication): void {
    try {
      this.#owner?.deliver(publication);
    } catch (error) {
      // The other publications are still delivered.
      this.#link.report(error, "delivery");
    }
  }
}
