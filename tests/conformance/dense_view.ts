/** Brokers whose offsets skip, as the broker's script sees them: with the numbers 1, 2, 3 of their publications. */

import type {
  Broker,
  BrokerNode,
  HistoryQuery,
  HistoryResult,
  Published,
  PublishRequest,
  RecoverQuery,
} from "../../lib/broker/types.ts";
import {
  previousOf,
  type Publication,
  type StreamPosition,
} from "../../lib/base/publication.ts";
import type { Recovery } from "../../lib/base/recovery.ts";
import type { BrokerCluster } from "./broker.ts";

/** Shows the brokers of a cluster with dense offsets. At its end it fails if a publication did not name the one before it. */
export function denseView(cluster: BrokerCluster): BrokerCluster {
  const numbering = new Numbering();
  return {
    brokers: cluster.brokers.map((broker) => new DenseView(broker, numbering)),
    passTime: (ms) => cluster.passTime(ms),
    async dispose() {
      await cluster.dispose?.();
      const [violation] = numbering.violations;
      if (violation !== undefined) throw new Error(violation);
    },
  };
}

/** Offsets that the nodes of a cluster have shown, by channel and epoch. */
class Numbering {
  readonly violations: string[] = [];
  /** The first is that of no publication: the position at the beginning. */
  readonly #offsets = new Map<string, number[]>();
  readonly #epochs = new Map<string, string>();

  /** Number of the publication with this offset. */
  number(channel: string, { offset, epoch }: StreamPosition): number {
    if (epoch === "") return 0;
    const offsets = this.#of(channel, epoch);
    const index = offsets.findIndex((known) => known >= offset);
    if (offsets[index] === offset) return index;
    if (index >= 0) offsets.splice(index, 0, offset);
    return (index < 0 ? offsets.push(offset) : index + 1) - 1;
  }

  /** Number of a top; that of a channel without a publication is 0. */
  top(channel: string, position: StreamPosition): StreamPosition {
    const { offset, epoch } = position;
    if (!this.#offsets.has(`${channel}\n${epoch}`)) {
      this.#of(channel, epoch)[0] = offset;
    }
    return { offset: this.number(channel, position), epoch };
  }

  /** Offset of the publication with this number, or one beyond the top. */
  offset(channel: string, { offset: number, epoch }: StreamPosition): number {
    const known = this.#offsets.has(`${channel}\n${epoch}`);
    const newest = known ? epoch : this.#epochs.get(channel) ?? "";
    const offsets = this.#of(channel, newest);
    const last = offsets.length - 1;
    return offsets[number] ?? offsets[last]! + number - last;
  }

  /** Notes if a publication does not follow the one whose number comes before. */
  check(number: number, publication: Publication): void {
    const { channel, epoch, offset } = publication;
    const before = this.#of(channel, epoch)[number - 1]!;
    const previous = previousOf(publication);
    const fits = number === 1 ? previous < offset : previous === before;
    if (fits) return;
    this.violations.push(
      `${channel} ${offset} names ${previous} as the one before it, but that is ${before}`,
    );
  }

  #of(channel: string, epoch: string): number[] {
    const key = `${channel}\n${epoch}`;
    const offsets = this.#offsets.get(key) ?? [0];
    this.#offsets.set(key, offsets);
    this.#epochs.set(channel, epoch);
    return offsets;
  }
}

class DenseView implements Broker {
  readonly node: string;
  readonly #inner: Broker;
  readonly #numbering: Numbering;

  constructor(inner: Broker, numbering: Numbering) {
    this.#inner = inner;
    this.#numbering = numbering;
    this.node = inner.node;
  }

  get ready(): boolean {
    return this.#inner.ready;
  }

  get mode(): string {
    return this.#inner.mode;
  }

  start(node: BrokerNode): void {
    this.#inner.start({
      deliver: (publication) => node.deliver(this.#show(publication, true)),
      answer: (call) => node.answer(call),
      checkPositions: (channel) => node.checkPositions(channel),
    });
  }

  subscribe(channel: string): void | Promise<void> {
    return this.#inner.subscribe(channel);
  }

  unsubscribe(channel: string): Promise<void> {
    return this.#inner.unsubscribe(channel);
  }

  async publish(
    { after, ...request }: PublishRequest,
  ): Promise<Published> {
    const { channel } = request;
    const published = await this.#inner.publish(
      after === undefined
        ? request
        : { ...request, after: this.#since(channel, after) },
    );
    const offset = this.#numbering.number(channel, published);
    return { ...published, offset };
  }

  async position(channel: string): Promise<StreamPosition> {
    return this.#numbering.top(channel, await this.#inner.position(channel));
  }

  async recover(
    channel: string,
    query: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const since = this.#since(channel, query.since);
    const found = await this.#inner.recover(channel, { ...query, since });
    return {
      ...found,
      publications: found.publications.map((each) => this.#show(each)),
      position: this.#numbering.top(channel, found.position),
    };
  }

  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const since = query.since && this.#since(channel, query.since);
    const found = await this.#inner.history(channel, { ...query, since });
    const position = this.#numbering.top(channel, found.position);
    return found.type === "history"
      ? {
        ...found,
        position,
        publications: found.publications.map((each) => this.#show(each)),
      }
      : { ...found, position };
  }

  removeHistory(channel: string): Promise<void> {
    return this.#inner.removeHistory(channel);
  }

  call(
    node: string | undefined,
    call: unknown,
  ): Promise<readonly unknown[]> {
    return this.#inner.call(node, call);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #since(channel: string, position: StreamPosition): StreamPosition {
    const offset = this.#numbering.offset(channel, position);
    return { offset, epoch: position.epoch };
  }

  #show(publication: Publication, isLive = false): Publication {
    if (publication.offset === 0) return publication;
    const { previous: _, ...rest } = publication;
    const number = this.#numbering.number(publication.channel, publication);
    if (isLive) this.#numbering.check(number, publication);
    return { ...rest, offset: number };
  }
}
