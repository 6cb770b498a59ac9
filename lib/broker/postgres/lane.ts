/** Lane of requests: those of one turn of the event loop are served together, and one batch after the other. */

import type { Clock } from "../../base/clock.ts";

/** Maximum number of requests in one batch. */
const MAX_BATCH = 1_000;

/** Dependencies of {@linkcode Lane}. */
export interface LaneDeps<T> {
  readonly clock: Clock;
  /** Serves a batch. It settles every request of it, and does not reject. */
  readonly serve: (batch: readonly T[]) => Promise<void>;
  /**
   * Number of requests at the front that make one batch; at least one.
   * @default {as many as a thousand}
   */
  readonly measure?: (requests: readonly T[]) => number;
  /** Called when no request is left. */
  readonly onEmpty?: () => void;
}

/** Collects requests while a batch is under way, so that batches grow with the load. */
export class Lane<T> {
  readonly #deps: LaneDeps<T>;
  #requests: T[] = [];
  #isBusy = false;
  #stopSoon: (() => void) | undefined;

  constructor(deps: LaneDeps<T>) {
    this.#deps = deps;
  }

  /** Adds a request behind all others. */
  add(request: T): void {
    this.#requests.push(request);
    if (this.#isBusy) return;
    this.#stopSoon ??= this.#deps.clock.soon(() => this.flush());
  }

  /** Begins to serve now. */
  flush(): void {
    this.#stopSoon?.();
    this.#stopSoon = undefined;
    if (!this.#isBusy) this.#serve();
  }

  async #serve(): Promise<void> {
    const { serve, measure = ({ length }) => Math.min(length, MAX_BATCH) } =
      this.#deps;
    this.#isBusy = true;
    while (this.#requests.length > 0) {
      await serve(this.#requests.splice(0, measure(this.#requests)));
    }
    this.#isBusy = false;
    this.#deps.onEmpty?.();
  }
}
