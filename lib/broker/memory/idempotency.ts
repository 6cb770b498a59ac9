/** What was published under which key: the same key publishes once in a while only. */

import type { Clock } from "../../clock.ts";
import { type Draft, IDEMPOTENCY_MS, type Published } from "../types.ts";

interface Remembered {
  readonly published: Published;
  /** On the scale of `Clock.now`. */
  readonly forgetAt: number;
}

/** Keys of the last {@linkcode IDEMPOTENCY_MS}, each in its channel. */
export class Idempotency {
  readonly #clock: Clock;
  /** By channel and key, the oldest first. */
  readonly #remembered = new Map<string, Remembered>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many keys take up memory. */
  get size(): number {
    return this.#remembered.size;
  }

  /** Publishes a draft, or says what became of an earlier one with its key. */
  once(draft: Draft, publish: (draft: Draft) => Published): Published {
    const { channel, idempotencyKey } = draft;
    // No name has a line break, so no two pairs look the same.
    const key = `${channel}\n${idempotencyKey}`;
    const known = this.#remembered.get(key);
    const { now } = this.#clock;
    if (known !== undefined && known.forgetAt > now) return known.published;
    const published = publish(draft);
    this.#remembered.delete(key);
    this.#remembered.set(key, { published, forgetAt: now + IDEMPOTENCY_MS });
    return published;
  }

  /** Forgets the keys whose time is over. */
  sweep(): void {
    for (const [key, { forgetAt }] of this.#remembered) {
      if (forgetAt > this.#clock.now) return;
      this.#remembered.delete(key);
    }
  }

  /** Forgets all keys. */
  clear(): void {
    this.#remembered.clear();
  }
}
