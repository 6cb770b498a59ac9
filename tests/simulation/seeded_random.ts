/** Random values that a seed decides. */

import type { Random } from "../../lib/base/random.ts";

/** Generator of 32 bits (splitmix32): the same seed gives the same values for ever. */
export class SeededRandom implements Random {
  #state: number;

  /** Begins a sequence. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  number(): number {
    return this.#next() / 2 ** 32;
  }

  uuid(): string {
    const hex = () => this.#next().toString(16).padStart(8, "0");
    const [a, b, c, d] = [hex(), hex(), hex(), hex()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-8${c.slice(1, 4)}-${
      c.slice(4)
    }${d}`;
  }

  /** True with a probability. */
  chance(probability: number): boolean {
    return this.number() < probability;
  }

  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.number() * (max - min + 1));
  }

  /** A number from `min` up to `max`. */
  between(min: number, max: number): number {
    return min + this.number() * (max - min);
  }

  /** One of several values. */
  pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.number() * values.length)];
    if (value === undefined) throw new RangeError("Cannot pick from no values");
    return value;
  }

  /** One of several values, each as often as its weight says. */
  weighted<T>(values: readonly (readonly [weight: number, value: T])[]): T {
    let rest = this.number() *
      values.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of values) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return values.at(-1)![1];
  }

  /** Another sequence, which this one decides. */
  fork(): SeededRandom {
    return new SeededRandom(this.#next());
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let value = this.#state ^ (this.#state >>> 16);
    value = Math.imul(value, 0x21f0aaad);
    value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
    return (value ^ (value >>> 15)) >>> 0;
  }
}
