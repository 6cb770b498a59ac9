/** The broker of nodes that share a Redis. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import { Calls } from "../calls.ts";
import type { RedisConnection } from "./connection.ts";
import type { LinkUser, RedisLink } from "./link.ts";
import { Publisher } from "./publisher.ts";
import { RedisStreams } from "./stream.ts";
import { TopicSubscriptions } from "./topic_subscriptions.ts";
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
  readonly link: RedisLink;
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
 * the node compares its positions.
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
  readonly #link: RedisLink;
  readonly #publisher: Publisher;
  readonly #streams: RedisStreams;
  readonly #subscriptions: TopicSubscriptions;
  readonly #calls: Calls;
  #owner: BrokerNode | undefined;
  #wasReady = false;

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
    this.#calls = new Calls({
      clock,
      node: this.node,
      topicOf: (node) =>
        link.topicPrefix + (node === undefined ? "nodes" : `node:${node}`),
      send: async (topic, text) =>
        Number(await link.send(["PUBLISH", topic, text])),
      onError: (error) => link.report(error, "answer"),
      onQuestion: (question) => this.#owner?.answer(question),
    });
  }

  get ready(): boolean {
    return this.#link.ready;
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    const user: LinkUser = {
      onConnect: (connection) => this.#renew(connection),
      onReady: () => this.#onReady(),
      onLoss: () => {
        this.#subscriptions.deactivate();
        this.#calls.lose();
      },
      onMessage: (message, topic) => {
        if (this.#calls.receive(message, topic)) return;
        this.#subscriptions.receive(message, topic);
      },
    };
    this.#link.open(user);
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
    return this.#calls.ask(node, call);
  }

  /** Ends the broker and its link, once Redis has every earlier publication. */
  async close(): Promise<void> {
    this.#publisher.flush();
    await this.#link.close();
    this.#calls.lose();
  }

  async #renew(connection: RedisConnection): Promise<void> {
    await connection.subscribe(this.#calls.topics);
    await this.#subscriptions.renew(connection);
  }

  #onReady(): void {
    if (this.#wasReady) this.#owner?.checkPositions();
    this.#wasReady = true;
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
