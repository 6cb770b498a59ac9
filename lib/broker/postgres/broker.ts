/** The broker of nodes that share a PostgreSQL. */

import type { Clock } from "../../base/clock.ts";
import type { Random } from "../../base/random.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Recovery } from "../../base/recovery.ts";
import { TopicCalls } from "../topic_calls.ts";
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
import { escapeName, NODE_PREFIX } from "./codec.ts";
import { Feed } from "./feed.ts";
import type { PostgresLink } from "./link.ts";
import { Publisher } from "./publisher.ts";
import { Streams } from "./streams.ts";
import { Sweeper } from "./sweeper.ts";

const DEFAULT_MAX_WAITING_BYTES = 67_108_864;

/** Options of a PostgreSQL broker. */
export interface PostgresBrokerOptions {
  /** Link to PostgreSQL, which the broker opens and closes; see `connectPostgres`. */
  readonly link: PostgresLink;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Maximum number of bytes of publications that wait for PostgreSQL; more are refused.
   * @default {67_108_864}
   */
  readonly maxWaitingBytes?: number;
}

/**
 * Keeps every channel's stream in PostgreSQL. A publication takes the row of its
 * channel, so the order of a channel is the order in which transactions commit; a
 * notification calls on the subscribed nodes to read what is new. While PostgreSQL is
 * away every method rejects at once and subscriptions are kept; when it is back, the
 * node reads what it has missed, and compares its positions.
 *
 * A stream without a history begins with its first subscriber. Every position is
 * dropped a day after its last use. A crash of the server or a failover gives a stream
 * another epoch, because its newest publications may be lost: then no client recovers
 * from a position that was lost.
 */
export class PostgresBroker implements Broker {
  readonly node: string;
  readonly mode = "postgres";
  /** Counts the gaps between two publications of a channel; nothing is sent again. */
  readonly relayCounters: RelayCounters = { gaps: 0, repairs: 0, drops: 0 };
  readonly #link: PostgresLink;
  readonly #publisher: Publisher;
  readonly #streams: Streams;
  readonly #feed: Feed;
  readonly #calls: TopicCalls;
  readonly #sweeper: Sweeper;
  #owner: BrokerNode | undefined;
  #wasReady = false;

  constructor(
    { link, clock, random, maxWaitingBytes = DEFAULT_MAX_WAITING_BYTES }:
      PostgresBrokerOptions,
  ) {
    this.node = random.uuid();
    this.#link = link;
    this.#publisher = new Publisher({ link, clock, maxWaitingBytes });
    this.#streams = new Streams({ link, clock });
    this.#sweeper = new Sweeper({ link, clock, random });
    this.#feed = new Feed({
      link,
      clock,
      random,
      onPublication: (publication) => this.#deliver(publication),
      onNote: (text, topic) => this.#calls.receive(text, topic),
      onGap: (channel) => {
        this.relayCounters.gaps++;
        this.#owner?.checkPositions(channel);
      },
    });
    this.#calls = new TopicCalls({
      clock,
      node: this.node,
      topicOf: (node = "s") => NODE_PREFIX + node,
      send: async (topic, text) =>
        (await this.#publisher.notify(topic, text)).receivers,
      onError: (error) => link.report(error, "answer"),
      onCall: (call) => this.#owner?.answer(call),
    });
    for (const topic of this.#calls.topics) {
      this.#feed.subscriptions.keep(topic);
    }
  }

  get ready(): boolean {
    return this.#link.ready;
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    this.#sweeper.start();
    this.#link.open({
      onConnect: (main) => this.#feed.connect(main),
      onReady: () => this.#onReady(),
      onLoss: () => {
        this.#feed.lose();
        this.#calls.lose();
      },
      onNotification: () => this.#feed.look(),
    });
  }

  subscribe(channel: string): Promise<void> {
    return this.#feed.subscriptions.subscribe(escapeName(channel));
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#feed.subscriptions.unsubscribe(escapeName(channel));
  }

  async publish(request: PublishRequest): Promise<Published> {
    const receipt = await this.#publisher.publish(request);
    const { offset, epoch, receivers, conflict } = receipt;
    const published = { offset, epoch, delivered: receivers > 0 };
    return conflict ? { ...published, conflict } : published;
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

  /** Ends the broker and its link, once PostgreSQL has every earlier publication. */
  async close(): Promise<void> {
    this.#sweeper.stop();
    this.#publisher.flush();
    await this.#link.close((main) => this.#feed.leave(main));
    this.#feed.lose();
    this.#calls.lose();
  }

  #onReady(): void {
    this.#feed.subscriptions.retry();
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
