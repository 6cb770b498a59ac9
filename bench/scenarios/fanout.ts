/** Fan-out: one publisher keeps a window of messages to all subscribers in flight. */

import { Crowd } from "../crowd.ts";
import { Histogram } from "../histogram.ts";
import type { Load, LoadOptions } from "../load.ts";
import type { RawConnection } from "../raw_connection.ts";

const ROOM = "#room:";
// One message in so many is timed at every subscriber.
const SAMPLED = 16;

/** Subscribers, and a publisher that is one of them or not. */
export class FanoutLoad implements Load {
  readonly latency = new Histogram();
  delivered = 0;
  readonly #crowd: Crowd;
  readonly #publisher: RawConnection;
  readonly #window: number;
  #drained: PromiseWithResolvers<void> | undefined;
  // Rings over the messages in flight: nobody is further ahead than the window.
  readonly #arrivals: Uint32Array;
  readonly #sentMs: Float64Array;
  #sent = 0;
  #complete = 0;

  constructor(crowd: Crowd, publisher: RawConnection, window: number) {
    this.#crowd = crowd;
    this.#publisher = publisher;
    this.#window = window;
    this.#arrivals = new Uint32Array(window);
    this.#sentMs = new Float64Array(window);
    for (const connection of crowd.connections) {
      let next = 0;
      connection.onCounted = (frames) => {
        this.#onArrival(next, frames);
        next += frames;
      };
    }
  }

  get failed(): Promise<never> {
    return this.#crowd.failed;
  }

  start(): void {
    this.#drained = undefined;
    this.#publish(this.#window);
  }

  async finish(): Promise<void> {
    this.#drained = Promise.withResolvers();
    await this.#drained.promise;
  }

  [Symbol.dispose](): void {
    this.#crowd[Symbol.dispose]();
  }

  #publish(messages: number): void {
    const now = performance.now();
    for (let left = messages; left > 0; left--) {
      this.#sentMs[this.#sent++ % this.#window] = now;
    }
    this.#publisher.repeat(messages);
  }

  /** A subscriber got `frames` messages, the first of them number `first`. */
  #onArrival(first: number, frames: number): void {
    let now = 0;
    let completed = 0;
    for (let message = first; message < first + frames; message++) {
      const slot = message % this.#window;
      if (message % SAMPLED === 0) {
        now ||= performance.now();
        this.latency.record(now - this.#sentMs[slot]!);
      }
      const arrivals = this.#arrivals[slot]! + 1;
      const isLast = arrivals === this.#crowd.connections.length;
      this.#arrivals[slot] = isLast ? 0 : arrivals;
      if (isLast) completed += 1;
    }
    this.delivered += frames;
    if (completed === 0) return;
    this.#complete += completed;
    if (this.#drained === undefined) this.#publish(completed);
    else if (this.#complete === this.#sent) this.#drained.resolve();
  }
}

/** Publishes one message and sees every subscriber get it. */
async function probe(
  crowd: Crowd,
  publisher: RawConnection,
  text: string,
): Promise<void> {
  await publisher.say(text);
  await Promise.all(crowd.connections.map(async (connection) => {
    const got = await connection.nextText();
    if (got !== text) throw new Error(`Cannot fan out: got "${got}"`);
  }));
}

/** Opens the subscribers, the first of which is the publisher too. */
export async function openFanout(options: LoadOptions): Promise<Load> {
  const { target, port, connections: size, window, bytes } = options;
  const { path, join } = target.fanout;
  const crowd = await Crowd.open({ size, port, path });
  try {
    await Promise.all(crowd.connections.map(async (connection) => {
      if (join === undefined) return;
      const answer = await connection.ask(join);
      if (answer !== join) throw new Error(`Cannot join: got "${answer}"`);
    }));
    const text = ROOM + "x".repeat(bytes - ROOM.length);
    const publisher = crowd.connections[0]!;
    await probe(crowd, publisher, text);
    for (const connection of crowd.connections) connection.count(bytes);
    publisher.load(text, window);
    return new FanoutLoad(crowd, publisher, window);
  } catch (error) {
    crowd[Symbol.dispose]();
    throw error;
  }
}
