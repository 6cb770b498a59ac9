/** A backend that publishes at a rate: the n-th publication of a channel has the data n, and each is repeated until it is acknowledged. */

import { eventually } from "../../support/eventually.ts";
import { API_KEY } from "../../routes/api_server.ts";

const TICK_MS = 20;
const RETRY_MS = 50;
/** Most commands of one batch of the server API. */
const MAX_BATCH = 1_000;

/** What is published, and where. */
export interface PublisherOptions {
  /** The `http:` URL of a server, asked for each request. */
  readonly url: () => string;
  readonly channels: readonly string[];
  /** Publications each second, over all channels. */
  readonly perSecond: number;
}

/** A subscriber of one of its channels, as far as it matters here. */
interface Reader {
  readonly channel: string;
  readonly newest: number;
}

/** Publishes to its channels in turn. */
export class Publisher {
  /** Publications that were acknowledged. */
  sent = 0;
  /** Requests that were refused or failed, and repeated. */
  retries = 0;
  /** Milliseconds for which it has published. */
  activeMs = 0;
  readonly #options: PublisherOptions;
  #isStopped = true;
  #running = Promise.resolve();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Begins to publish at its rate. */
  start(): void {
    this.#isStopped = false;
    this.#running = this.#run();
  }

  /** Resolves when the last publication is acknowledged. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** Publishes that many more at once, while it is stopped. */
  async burst(count: number): Promise<void> {
    for (let left = count; left > 0; left -= MAX_BATCH) {
      await this.#publish(Math.min(left, MAX_BATCH));
    }
  }

  /** The number of publications that a channel has. */
  countOf(channel: string): number {
    const { channels } = this.#options;
    const index = channels.indexOf(channel);
    return Math.ceil((this.sent - index) / channels.length);
  }

  /** Waits until each of these has the newest publication of its channel. */
  async reaches(readers: readonly Reader[]): Promise<void> {
    await eventually(
      () =>
        readers.every(({ newest, channel }) => newest >= this.countOf(channel)),
      { awaited: "the newest publications", timeoutMs: 30_000 },
    );
  }

  async #run(): Promise<void> {
    const begin = performance.now();
    const before = this.sent;
    while (!this.#isStopped) {
      const elapsed = performance.now() - begin;
      const due = elapsed / 1_000 * this.#options.perSecond;
      const count = Math.min(Math.floor(due - (this.sent - before)), MAX_BATCH);
      if (count > 0) await this.#publish(count);
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    this.activeMs += performance.now() - begin;
  }

  async #publish(count: number): Promise<void> {
    const { channels } = this.#options;
    const commands = Array.from({ length: count }, (_, index) => {
      const number = this.sent + index;
      const channel = channels[number % channels.length];
      const data = Math.floor(number / channels.length) + 1;
      return { publish: { channel, data, idempotency_key: `${number}` } };
    });
    const body = JSON.stringify({ commands });
    while (!await this.#post(body)) {
      this.retries++;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    this.sent += count;
  }

  /** Whether all of a batch was acknowledged. */
  async #post(body: string): Promise<boolean> {
    try {
      const response = await fetch(`${this.#options.url()}/api/batch`, {
        method: "POST",
        headers: { "X-API-Key": API_KEY },
        body,
      });
      const text = await response.text();
      if (response.status === 429 || response.status >= 500) return false;
      if (response.status !== 200) throw new RangeError(text);
      return !text.includes('"error"');
    } catch (error) {
      // A server that ends takes no more requests, and ends some.
      if (error instanceof TypeError) return false;
      throw error;
    }
  }
}
