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
    if (!published.conflict) this.#remember(key, published);
    return published;
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

  #remember(key: string, published: Published): void {
    this.#remembered.delete(key);
    const forgetAt = this.#clock.now + IDEMPOTENCY_MS;
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
