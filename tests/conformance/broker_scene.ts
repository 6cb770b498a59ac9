/** The nodes that the broker's conformance script plays on. */

import type {
  Broker,
  BrokerNode,
  HistoryPolicy,
} from "../../lib/broker/types.ts";
import type { Publication } from "../../lib/base/publication.ts";
import { eventually } from "../support/eventually.ts";
import type { BrokerCluster } from "./broker.ts";

/** Milliseconds to wait for something that must not come. */
const SETTLE_MS = 20;

/** More than any check publishes, for longer than any check takes. */
export const KEEP_ALL: HistoryPolicy = { size: 10_000, ttlMs: 3_600_000 };

/** A node that notes what its broker hands it. Whatever is delivered has a subscriber. */
export class Member implements BrokerNode {
  readonly broker: Broker;
  readonly delivered: Publication[] = [];
  /** Number of requests to compare the positions. */
  checks = 0;
  /** Number of those that came because the broker, or a server of it, has returned. */
  returns = 0;
  /** Takes the questions; the check at hand may replace it. */
  onQuestion: (question: unknown) => unknown = (question) => question;

  constructor(broker: Broker) {
    this.broker = broker;
  }

  deliver(publication: Publication): boolean {
    this.delivered.push(publication);
    return true;
  }

  answer(question: unknown): unknown {
    return this.onQuestion(question);
  }

  checkPositions(channels?: string | readonly string[]): void {
    this.checks++;
    if (typeof channels !== "string") this.returns++;
  }

  /** Publications of a channel that arrived so far. */
  of(channel: string): Publication[] {
    return this.delivered.filter((publication) =>
      publication.channel === channel
    );
  }

  /** Publications of a channel, once the given number has arrived. */
  async receives(count: number, channel: string): Promise<Publication[]> {
    await eventually(() => this.of(channel).length >= count, {
      awaited: () =>
        `${count} publications of "${channel}", ${
          this.of(channel).length
        } came`,
      timeoutMs: 20_000,
    });
    return this.of(channel);
  }

  /** Publications of a channel, after enough time for all that are under way. */
  async settled(channel: string): Promise<Publication[]> {
    const marker = `settled ${crypto.randomUUID()}`;
    await this.broker.subscribe(marker);
    await this.broker.publish({ channel: marker, payload: "" });
    await this.receives(1, marker);
    await this.broker.unsubscribe(marker);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return this.of(channel);
  }

  /** Publishes texts one after the other, and keeps them all. */
  async publishKept(channel: string, ...payloads: string[]): Promise<void> {
    for (const payload of payloads) {
      await this.broker.publish({ channel, payload, history: KEEP_ALL });
    }
  }

  /** Offsets of the history, oldest first; -1 if it is unrecoverable. */
  async kept(channel: string): Promise<number[]> {
    const result = await this.broker.history(channel, { limit: -1 });
    return result.type === "history" ? offsetsOf(result.publications) : [-1];
  }
}

/** A cluster whose nodes are started. */
export class BrokerScene {
  readonly members: readonly Member[];
  readonly #cluster: BrokerCluster;

  private constructor(cluster: BrokerCluster) {
    this.#cluster = cluster;
    this.members = cluster.brokers.map((broker) => new Member(broker));
  }

  /** Starts every broker and waits until all are ready. */
  static async start(cluster: BrokerCluster): Promise<BrokerScene> {
    const scene = new BrokerScene(cluster);
    for (const member of scene.members) {
      member.broker.start(member);
      await eventually(() => member.broker.ready, { awaited: "a broker" });
    }
    return scene;
  }

  /** The node that a check about one node is about. */
  get subject(): Member {
    return this.members.at(-1)!;
  }

  /** Lets time pass for all brokers. */
  passTime(ms: number): Promise<void> {
    return this.#cluster.passTime(ms);
  }

  /** Closes every broker, and what they run on. */
  async close(): Promise<void> {
    for (const { broker } of this.members) await broker.close();
    await this.#cluster.dispose?.();
  }
}

/** The offsets alone. */
export function offsetsOf(publications: readonly Publication[]): number[] {
  return publications.map(({ offset }) => offset);
}

/** The payloads alone. */
export function payloadsOf(publications: readonly Publication[]): unknown[] {
  return publications.map(({ payload }) => payload);
}
