/** Map with a bounded size, which drops its oldest entry for a new one. */

/** Maps keys to values; a value that is set again becomes the newest. */
export class LruMap<V> {
  readonly #values = new Map<string, V>();
  readonly #max: number;

  /** Makes a map of at most `max` values. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Number of values. */
  get size(): number {
    return this.#values.size;
  }

  /** Returns a value without making it newer. */
  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  /** Sets a value; returns the key of the value that was dropped for it, if any. */
  set(key: string, value: V): string | undefined {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#max) return undefined;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
    return oldest;
  }

  /** Removes a value and returns it. */
  take(key: string): V | undefined {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }

  /** Keys and values, the oldest first; they may be removed meanwhile. */
  entries(): Iterable<readonly [key: string, value: V]> {
    return this.#values.entries();
  }

  /** Removes all values. */
  clear(): void {
    this.#values.clear();
  }
}
