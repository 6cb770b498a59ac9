/** Timer of a demo that publishes by itself, while its channel has a subscriber. */

import type { DemoDeps } from "./demo.ts";

/** Looks for subscribers, in periods. */
const LOOK_EVERY = 20;

/** Properties of a {@linkcode Ticker}. */
export interface TickerOptions extends DemoDeps {
  readonly channel: string;
  readonly periodMs: number;
  /** Publishes; one call is over before the next. Resolves with `false` if it reached no node. */
  readonly publish: () => Promise<boolean>;
}

/** Publishes in periods, from the first subscriber of this isolate to the last one of all. */
export class Ticker {
  readonly #options: TickerOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #periods = 0;
  #isBusy = false;

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  /** True from the start until no subscriber was found, or a publication has failed. */
  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins with a publication, unless it runs. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    this.#periods = 0;
    this.#timer = setInterval(() => this.#tick(), this.#options.periodMs);
    await this.#tick();
  }

  async #tick(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const { hub, log, channel, publish } = this.#options;
    try {
      const delivered = await publish();
      // Not at once: the first subscriber is still on its way.
      const isTime = ++this.#periods % LOOK_EVERY === 0;
      if (!isTime || delivered) return;
      if ((await hub.channels(channel)).size === 0) this.#stop();
    } catch (error) {
      this.#stop();
      log.warn("demo_failed", { channel, error });
    } finally {
      this.#isBusy = false;
    }
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
