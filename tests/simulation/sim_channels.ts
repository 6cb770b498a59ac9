/** BroadcastChannels between simulated isolates: posts are late, lost, come twice or out of order. */

import type { SeededRandom } from "./seeded_random.ts";
import type { Process, Timeline } from "./timeline.ts";

interface End {
  readonly name: string;
  readonly process: Process;
  receive(value: unknown): void;
  /** Time of its newest arrival. */
  last: number;
}

/** Probabilities of what may happen to a post on its way to one end. */
export interface PostFaults {
  loss: number;
  duplication: number;
  reorder: number;
}

/** One end of a channel. */
export interface SimChannel {
  postMessage(value: unknown): void;
  close(): void;
}

/** Channels that all isolates can open by their name. */
export class SimChannels {
  readonly faults: PostFaults = { loss: 0, duplication: 0, reorder: 0 };
  readonly #timeline: Timeline;
  readonly #random: SeededRandom;
  readonly #ends = new Set<End>();

  constructor(timeline: Timeline, random: SeededRandom) {
    this.#timeline = timeline;
    this.#random = random;
  }

  /** Number of ends that are open. */
  get open(): number {
    return this.#ends.size;
  }

  /** Function by which one isolate opens channels. */
  of(
    process: Process,
  ): (name: string, receive: (value: unknown) => void) => SimChannel {
    return (name, receive) => {
      const end: End = { name, process, receive, last: 0 };
      this.#ends.add(end);
      return {
        postMessage: (value) => this.#post(end, value),
        close: () => void this.#ends.delete(end),
      };
    };
  }

  /** Closes every end of an isolate. */
  end(process: Process): void {
    for (const end of this.#ends) {
      if (end.process === process) this.#ends.delete(end);
    }
  }

  #post(from: End, value: unknown): void {
    if (from.process.isDead) return;
    // As on the platform.
    if (!this.#ends.has(from)) throw new Error(`${from.name} is closed`);
    const copy: unknown = structuredClone(value);
    for (const to of this.#ends) {
      if (to !== from && to.name === from.name) this.#send(to, copy);
    }
  }

  #send(to: End, value: unknown): void {
    const random = this.#random;
    const { loss, duplication, reorder } = this.faults;
    if (random.chance(loss)) return;
    const times = random.chance(duplication) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      const at = this.#timeline.now + random.between(0.02, 1);
      const isLate = random.chance(reorder);
      if (!isLate) to.last = Math.max(at, to.last + 0.001);
      this.#timeline.at(isLate ? at + random.between(1, 20) : to.last, () => {
        if (this.#ends.has(to)) to.receive(structuredClone(value));
      }, to.process);
    }
  }
}
