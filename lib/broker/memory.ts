/** The broker of a single node: the order of a channel is the order of the calls. */

import type { Chance } from "../clock.ts";
import type { Broker, Deliver, Draft, Published } from "./types.ts";

/** Where a channel stands; made at its first publication. */
interface Stream {
  epoch: string;
  offset: number;
}

const UNHEARD: Published = { offset: 0, epoch: "", heard: false };

/**
 * Keeps the position of every channel that somebody is subscribed to. The
 * position is forgotten with the last subscriber, and the channel's next life
 * has another epoch.
 */
export class MemoryBroker implements Broker {
  readonly #streams = new Map<string, Stream>();
  readonly #chance: Chance;
  #deliver: Deliver = () => false;

  constructor({ chance }: { readonly chance: Chance }) {
    this.#chance = chance;
  }

  start(deliver: Deliver): void {
    this.#deliver = deliver;
  }

  subscribe(channel: string): Promise<void> {
    if (!this.#streams.has(channel)) {
      this.#streams.set(channel, { epoch: "", offset: 0 });
    }
    return Promise.resolve();
  }

  unsubscribe(channel: string): Promise<void> {
    this.#streams.delete(channel);
    return Promise.resolve();
  }

  publish({ channel, payload, from }: Draft): Published {
    const stream = this.#streams.get(channel);
    if (stream === undefined) return UNHEARD;
    if (stream.offset === 0) stream.epoch = this.#newEpoch();
    const { epoch } = stream;
    const offset = ++stream.offset;
    const heard = this.#deliver({ channel, payload, from, offset, epoch });
    return { offset, epoch, heard };
  }

  close(): Promise<void> {
    this.#streams.clear();
    return Promise.resolve();
  }

  #newEpoch(): string {
    return this.#chance.uuid().slice(0, 8);
  }
}
