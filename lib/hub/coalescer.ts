/** Joins what falls together: waits until a turn of the event loop has brought nothing new. */

import type { Clock } from "../base/clock.ts";

/** Nothing waits longer than this for company. */
const MAX_WAIT_MS = 1;

/** Calls `flush` of what was added, once a whole turn has brought nothing new, or after a millisecond. */
export class Coalescer<Item extends { flush(): void }> {
  readonly #clock: Clock;
  #items: Item[] = [];
  #since = 0;
  #isNew = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes an item that has something to flush and was not added since. */
  add(item: Item): void {
    this.#items.push(item);
    this.touch();
  }

  /** Takes note that there is something new. */
  touch(): void {
    this.#isNew = true;
    if (this.#cancel !== undefined) return;
    this.#since = this.#clock.now;
    this.#cancel = this.#clock.soon(this.#turn);
  }

  /** Flushes all that was added, at once. */
  flush(): void {
    const items = this.#items;
    this.stop();
    for (const item of items) item.flush();
  }

  /** Forgets everything. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isNew = false;
    this.#items = [];
  }

  readonly #turn = (): void => {
    if (this.#isNew && this.#clock.now - this.#since < MAX_WAIT_MS) {
      this.#isNew = false;
      this.#cancel = this.#clock.soon(this.#turn);
      return;
    }
    this.flush();
  };
}
