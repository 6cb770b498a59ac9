/** Delay that joins what falls together: it lasts until a turn of the event loop brings nothing new. */

import type { Clock } from "../base/clock.ts";

/** Longest delay, in milliseconds. */
const MAX_WAIT_MS = 1;

/** Calls `flush` of the items that were added, once a whole turn has brought nothing new, or after a millisecond. */
export class Coalescer<Item extends { flush(): void }> {
  readonly #clock: Clock;
  #items: Item[] = [];
  #since = 0;
  #isNew = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds an item that has something to flush and was not added since the last flush. */
  add(item: Item): void {
    this.#items.push(item);
    this.touch();
  }

  /** Notes that this turn has brought something new. */
  touch(): void {
    this.#isNew = true;
    if (this.#cancel !== undefined) return;
    this.#since = this.#clock.now;
    this.#cancel = this.#clock.soon(this.#turn);
  }

  /** Flushes every item, at once. */
  flush(): void {
    for (const item of this.#take()) item.flush();
  }

  /** Drops every item. */
  stop(): void {
    this.#take();
  }

  #take(): readonly Item[] {
    const items = this.#items;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isNew = false;
    this.#items = [];
    return items;
  }

  readonly #turn = (): void => {
    if (this.#isNew && this.#clock.now - this.#since < MAX_WAIT_MS) {
      this.#isNew = false;
      this.#cancel = this.#clock.soon(this.#turn);
      return;
    }
    for (const item of this.#take()) item.flush();
  };
}
