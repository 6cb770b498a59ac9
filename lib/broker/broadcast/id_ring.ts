/** What waits under ascending ids, in a ring that has a slot for each from the oldest to the newest. */

/** Slots at first, and again whenever nothing waits. A power of two, as every length is. */
const LENGTH = 1_024;

/**
 * Not a `Map`: where many come and go, its tables are made anew all the time, each
 * old one leads to the next, and once one of them counts as old the collector keeps
 * all that follow. That cost pauses of several milliseconds.
 */
export class IdRing<T> {
  #slots = emptySlots<T>(LENGTH);
  /** Nothing waits before the first, nor after the last; where nothing waits at all they mean nothing. */
  #first = 0;
  #last = 0;
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** What waits under `id`. */
  get(id: number): T | undefined {
    if (this.#size === 0 || id < this.#first || id > this.#last) {
      return undefined;
    }
    return this.#slots[this.#slotOf(id)];
  }

  /** Lets `value` wait under an id above all that have waited. */
  add(id: number, value: T): void {
    if (this.#size === 0) this.#first = id;
    this.#last = id;
    if (id - this.#first >= this.#slots.length) this.#grow();
    this.#slots[this.#slotOf(id)] = value;
    this.#size++;
  }

  /** Takes out what waits under `id`. */
  take(id: number): T | undefined {
    const value = this.get(id);
    if (value === undefined) return undefined;
    this.#slots[this.#slotOf(id)] = undefined;
    this.#size--;
    if (this.#size > 0) this.#findFirst();
    else if (this.#slots.length > LENGTH) this.#slots = emptySlots(LENGTH);
    return value;
  }

  /** All that wait, the oldest first; they may be taken out meanwhile. */
  *values(): Iterable<T> {
    const last = this.#last;
    for (let id = this.#first; id <= last; id++) {
      const value = this.get(id);
      if (value !== undefined) yield value;
    }
  }

  #slotOf(id: number): number {
    return id & (this.#slots.length - 1);
  }

  #findFirst(): void {
    while (this.#slots[this.#slotOf(this.#first)] === undefined) this.#first++;
  }

  #grow(): void {
    const slots = this.#slots;
    const oldLast = this.#first + slots.length - 1;
    let { length } = slots;
    while (length <= this.#last - this.#first) length *= 2;
    this.#slots = emptySlots(length);
    for (let id = this.#first; id <= oldLast; id++) {
      this.#slots[this.#slotOf(id)] = slots[id & (slots.length - 1)];
    }
  }
}

function emptySlots<T>(length: number): (T | undefined)[] {
  return new Array<T | undefined>(length).fill(undefined);
}
