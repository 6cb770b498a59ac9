/** Idempotency keys: a second publication with the same key is not published. */

import type { Clock } from "../../base/clock.ts";
import {
  IDEMPOTENCY_MS,
  type Published,
  type PublishRequest,
} from "../types.ts";

interface Remembered {
  readonly published: Published;
  /** On the scale of `Clock.now`. */
  readonly forgetAt: number;
}

/** A key and its result, as one broker hands it on to the next. */
export interface KnownKey {
  /** The channel, a line break, which no name has, and the key. */
  readonly key: string;
  /** Result of the first publication with the key. */
  readonly published: Published;
  /** Remaining lifetime in milliseconds. */
  readonly restMs: number;
}

/** Keeps the keys of the last {@linkcode IDEMPOTENCY_MS}, by channel; of too many, the newest. */
export class Idempotency {
  readonly #clock: Clock;
  readonly #max: number;
  /** By channel and key, the oldest first. */
  readonly #remembered = new Map<string, Remembered>();

  /** Makes a table of at most `max` keys. */
  constructor(clock: Clock, max: number) {
    this.#clock = clock;
    this.#max = max;
  }

  /** Number of keys in memory. */
  get size(): number {
    return this.#remembered.size;
  }

  /** Publishes, or returns the result of an earlier publication with the same key. */
  once(
    request: PublishRequest,
    publish: (request: PublishRequest) => Published,
  ): Published {
    const key = keyOf(request);
    const known = this.#find(key);
    if (known !== undefined) return known.published;
    const published = publish(request);
    this.#remember({ key, published, restMs: IDEMPOTENCY_MS });
    return published;
  }

  /** Stores the result of a publication. */
  note(request: PublishRequest, published: Published): void {
    const key = keyOf(request);
    if (this.#find(key) !== undefined) return;
    this.#remember({ key, published, restMs: IDEMPOTENCY_MS });
  }

  /** Lists all keys. */
  list(): readonly KnownKey[] {
    const { now } = this.#clock;
    return [...this.#remembered].map(([key, { published, forgetAt }]) => (
      { key, published, restMs: forgetAt - now }
    ));
  }

  /** Adds the keys that another broker has handed on. */
  recall(keys: readonly KnownKey[]): void {
    for (const known of keys) {
      if (this.#find(known.key) === undefined) this.#remember(known);
    }
  }

  /** Drops the keys that have expired. */
  sweep(): void {
    for (const [key, { forgetAt }] of this.#remembered) {
      if (forgetAt > this.#clock.now) return;
      this.#remembered.delete(key);
    }
  }

  /** Drops all keys. */
  clear(): void {
    this.#remembered.clear();
  }

  #find(key: string): Remembered | undefined {
    const known = this.#remembered.get(key);
    return known !== undefined && known.forgetAt > this.#clock.now
      ? known
      : undefined;
  }

  #remember({ key, published, restMs }: KnownKey): void {
    this.#remembered.delete(key);
    const forgetAt = this.#clock.now + restMs;
    this.#remembered.set(key, { published, forgetAt });
    if (this.#remembered.size > this.#max) this.#makeRoom();
  }

  #makeRoom(): void {
    this.sweep();
    if (this.#remembered.size <= this.#max) return;
    const [oldest] = this.#remembered.keys();
    this.#remembered.delete(oldest!);
  }
}

function keyOf({ channel, idempotencyKey }: PublishRequest): string {
  return `${channel}\n${idempotencyKey}`;
}
