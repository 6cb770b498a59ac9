/** A map that forgets what was set longest ago, so that it does not grow without end. */

/** Values by key; setting one again makes it the newest. */
export class LruMap<V> {
  readonly #values = new Map<string, V>();
  readonly #max: number;

  /** Keeps `max` values at most. */
  constructor(max: number) {
    this.#max = max;
  }

  /** How many values it has. */
  get size(): number {
    return this.#values.size;
  }

  /** Returns a value without making it newer. */
  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  /** Sets a value; returns the key of the one that had to be forgotten for it. */
  set(key: string, value: V): string | undefined {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#max) return undefined;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
    return oldest;
  }

  /** Removes a value, and returns it. */
  take(key: string): V | undefined {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }

  /** Removes all values. */
  clear(): void {
    this.#values.clear();
  }
}
