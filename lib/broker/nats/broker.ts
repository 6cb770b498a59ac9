/** The broker of nodes that share a NATS with JetStream. */

import type { Clock } from "../../base/clock.ts";
import { BrokerAwayError } from "../../base/errors.ts";
import type { Publication, StreamPosition } from "../../base/publication.ts";
import type { Random } from "../../base/random.ts";
import type { Recovery } from "../../base/recovery.ts";
import { PRESENCE_TTL_MS } from "../../presence/types.ts";
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
import { NatsCalls } from "./calls.ts";
import { NatsHistory } from "./history.ts";
import { Publisher } from "./publisher.ts";
import type { NatsStore } from "./store.ts";
import { Tails } from "./tail.ts";
import { Trimmer } from "./trimmer.ts";

const DEFAULT_MAX_WAITING_BYTES = 67_108_864;

/** Options of a NATS broker. */
export interface NatsBrokerOptions {
  /** The streams of the hub. Their link is opened and closed by the broker. */
  readonly store: NatsStore;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Duration of the lease of a node in milliseconds, as that of all leases.
   * @default {30_000}
   */
  readonly leaseMs?: number;
  /**
   * Maximum number of bytes of publications that wait for NATS; more are refused.
   * @default {67_108_864}
   */
  readonly maxWaitingBytes?: number;
}

/**
 * Keeps all channels in one stream, each as a subject of its own. The order of a channel
 * is that of the stream, and an offset is a sequence number of the stream: offsets rise
 * and skip. JetStream stores a publication, and sends a copy to the nodes that are
 * subscribed; each copy names the one before it, so a node notices what is lost, and
 * reads it. While NATS is away every method rejects at once and subscriptions are kept.
 */
export class NatsBroker implements Broker {
  readonly node: string;
  readonly mode = "nats";
  /** Counts what was lost and could not be read any more, and what was read again. */
  readonly relayCounters: RelayCounters = { gaps: 0, repairs: 0, drops: 0 };
  readonly #store: NatsStore;
  readonly #history: NatsHistory;
  readonly #publisher: Publisher;
  readonly #trimmer: Trimmer;
  readonly #tails: Tails;
  readonly #calls: NatsCalls;
  #owner: BrokerNode | undefined;
  #wasReady = false;

  constructor(
    {
      store,
      clock,
      random,
      leaseMs = PRESENCE_TTL_MS,
      maxWaitingBytes = DEFAULT_MAX_WAITING_BYTES,
    }: NatsBrokerOptions,
  ) {
    this.node = random.uuid();
    this.#store = store;
    this.#history = new NatsHistory(store);
    this.#trimmer = new Trimmer({ store, clock });
    this.#tails = new Tails({
      store,
      clock,
      onPublication: (publication) => this.#deliver(publication),
      onRepair: () => this.relayCounters.repairs++,
      onGap: (channel) => {
        this.relayCounters.gaps++;
        this.#owner?.checkPositions(channel);
      },
    });
    this.#publisher = new Publisher({
      store,
      history: this.#history,
      trimmer: this.#trimmer,
      clock,
      isSubscribed: (channel) => this.#tails.has(channel),
      maxWaitingBytes,
    });
    this.#calls = new NatsCalls({
      store,
      clock,
      node: this.node,
      leaseMs,
      onCall: (call) => this.#owner?.answer(call),
    });
  }

  get ready(): boolean {
    return this.#store.link.ready;
  }

  start(node: BrokerNode): void {
    this.#owner = node;
    const { link } = this.#store;
    this.#store.onEpoch = () => {
      this.#tails.restart();
      this.#publisher.restart();
      // While it connects, this is done afterwards.
      if (this.ready) this.#owner?.checkPositions();
    };
    this.#calls.start();
    link.use({
      onConnect: () => this.#calls.join(),
      onReady: () => void this.#onReady(),
      onLoss: () => this.#tails.deactivate(),
    });
    this.#trimmer.start();
    link.open();
  }

  subscribe(channel: string): Promise<void> {
    return this.#tails.subscribe(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#tails.unsubscribe(channel);
    if (this.ready) await this.#store.link.flush();
  }

  publish(request: PublishRequest): Promise<Published> {
    return this.#publisher.publish(request);
  }

  async position(channel: string): Promise<StreamPosition> {
    this.#requireReady();
    const position = await this.#history.position(channel);
    this.#tails.note(channel, position.offset);
    return position;
  }

  async recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    this.#requireReady();
    return await this.#history.recover(channel, query);
  }

  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    this.#requireReady();
    return await this.#history.history(channel, query);
  }

  async removeHistory(channel: string): Promise<void> {
    this.#requireReady();
    await this.#history.remove(channel);
  }

  async call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    return await this.#calls.call(node, call);
  }

  /** Ends the broker and its link, once NATS has every earlier publication. */
  async close(): Promise<void> {
    this.#trimmer.stop();
    this.#tails.stop();
    this.#store.stop();
    this.#calls.leave();
    await this.#store.link.close();
  }

  async #onReady(): Promise<void> {
    const isAgain = this.#wasReady;
    this.#wasReady = true;
    await this.#tails.checkAll();
    if (isAgain) this.#owner?.checkPositions();
  }

  #requireReady(): void {
    if (!this.ready) {
      throw new BrokerAwayError("Cannot read a channel: NATS is away");
    }
  }

  #deliver(publication: Publication): void {
    try {
      this.#owner?.deliver(publication);
    } catch (error) {
      // The other publications are still delivered.
      this.#store.link.report(error, "delivery");
    }
  }
}
