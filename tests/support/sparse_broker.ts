/** A broker whose offsets skip: one with dense offsets, seen through a scale. */

import {
  type Broker,
  type BrokerNode,
  DEFAULT_CAP,
  type HistoryQuery,
  type HistoryResult,
  type Published,
  type Publishing,
  type PublishRequest,
  type RecoverQuery,
} from "../../lib/broker/types.ts";
import type {
  Publication,
  StreamPosition,
} from "../../lib/base/publication.ts";
import { judgeRecovery, type Recovery } from "../../lib/base/recovery.ts";

/** Smallest distance of two offsets before they are moved a little. */
const STEP = 7;

/** Offset of the publication with this number; 0 of 0. */
export function offsetOf(number: number): number {
  // Rises by 2 to 12 each time.
  return STEP * number + (number * 5) % 6;
}

/** Number of the newest publication up to an offset. */
export function numberUpTo(offset: number): number {
  let number = Math.floor(offset / STEP);
  while (offsetOf(number) > offset) number--;
  return number;
}

/** Number of the publication with this offset; a number that no publication has where there is none. */
function numberOf(offset: number): number {
  const number = numberUpTo(offset);
  return offsetOf(number) === offset ? number : -1;
}

/** Makes the offsets of `inner` skip. It judges by them itself whether a client recovers. */
export class SparseBroker implements Broker {
  readonly node: string;
  readonly #inner: Broker;

  constructor(inner: Broker) {
    this.#inner = inner;
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
      deliver: (publication) => node.deliver(spread(publication)),
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

  publish({ after, ...request }: PublishRequest): Publishing {
    const publishing = this.#inner.publish(
      after === undefined
        ? request
        : { ...request, after: { ...after, offset: numberOf(after.offset) } },
    );
    const place = (published: Published) => ({
      ...published,
      offset: offsetOf(published.offset),
    });
    return publishing instanceof Promise
      ? publishing.then(place)
      : place(publishing);
  }

  async position(channel: string): Promise<StreamPosition> {
    const { offset, epoch } = await this.#inner.position(channel);
    return { offset: offsetOf(offset), epoch };
  }

  async recover(
    channel: string,
    { since, mode, cap = DEFAULT_CAP }: RecoverQuery,
  ): Promise<Recovery<Publication>> {
    const found = await this.history(
      channel,
      mode === "stream"
        ? { since: { ...since, epoch: "" }, limit: -1, cap }
        : { limit: 1, reverse: true },
    );
    const publications = found.type === "history" ? found.publications : [];
    return judgeRecovery(publications, { since, top: found.position, mode });
  }

  async history(channel: string, query: HistoryQuery): Promise<HistoryResult> {
    const { since, reverse = false } = query;
    const found = await this.#inner.history(channel, {
      ...query,
      since: since && {
        offset: reverse
          ? numberUpTo(since.offset - 1) + 1
          : numberUpTo(since.offset),
        epoch: since.epoch,
      },
    });
    const { offset, epoch } = found.position;
    const position = { offset: offsetOf(offset), epoch };
    return found.type === "history"
      ? { ...found, position, publications: found.publications.map(spread) }
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
}

function spread(publication: Publication): Publication {
  const { offset } = publication;
  return offset === 0 ? publication : {
    ...publication,
    offset: offsetOf(offset),
    previous: offsetOf(offset - 1),
  };
}
