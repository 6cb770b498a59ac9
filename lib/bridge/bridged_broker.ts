/** A broker whose publications reach the sinks of a bridge, too. */

import type { StreamPosition } from "../base/publication.ts";
import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  Publishing,
  PublishRequest,
  RecoverQuery,
  RelayCounters,
} from "../broker/types.ts";
import type { Bridge } from "./bridge.ts";

/** Stands before a hub's broker where the hub has a bridge; other hubs pay nothing. */
export class BridgedBroker implements Broker {
  readonly #broker: Broker;
  readonly #bridge: Bridge;

  /** Makes one; the bridge ends with it. */
  constructor(broker: Broker, bridge: Bridge) {
    this.#broker = broker;
    this.#bridge = bridge;
  }

  get node(): string {
    return this.#broker.node;
  }

  get ready(): boolean {
    return this.#broker.ready;
  }

  get mode(): string {
    return this.#broker.mode;
  }

  get relayCounters(): Readonly<RelayCounters> | undefined {
    return this.#broker.relayCounters;
  }

  start(node: BrokerNode): void {
    this.#broker.start(node);
  }

  subscribe(channel: string): void | Promise<void> {
    return this.#broker.subscribe(channel);
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#broker.unsubscribe(channel);
  }

  /**
   * Publishes by the broker, and sends the publication on.
   *
   * @throws {ProtocolError} 100 while a sink of the channel is full.
   */
  publish(request: PublishRequest): Publishing {
    return this.#bridge.publish(request, this.#broker);
  }

  position(channel: string): Promise<StreamPosition> {
    return this.#broker.position(channel);
  }

  recover(channel: string, query: RecoverQuery): ReturnType<Broker["recover"]> {
    return this.#broker.recover(channel, query);
  }

  history(channel: string, query: HistoryQuery): ReturnType<Broker["history"]> {
    return this.#broker.history(channel, query);
  }

  removeHistory(channel: string): Promise<void> {
    return this.#broker.removeHistory(channel);
  }

  call(node: string | undefined, call: unknown): Promise<readonly unknown[]> {
    return this.#broker.call(node, call);
  }

  async close(): Promise<void> {
    await this.#bridge.close();
    await this.#broker.close();
  }
}
