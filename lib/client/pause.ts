/** A wait that can be cut short. */

import type { Clock } from "../clock.ts";

/** Holds back one waiter at a time, until the time is up or somebody ends it. */
export class Pause {
  readonly #clock: Clock;
  #end: (() => void) | undefined;
  #endsAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** When the pause is over, in milliseconds since 1970; undefined if nobody waits. */
  get endsAt(): number | undefined {
    return this.#endsAt;
  }

  /** Resolves after `delayMs`, or as soon as {@linkcode Pause.end} is called. */
  wait(delayMs: number): Promise<void> {
    this.end();
    return new Promise((resolve) => {
      const cancel = this.#clock.after(delayMs, () => this.end());
      this.#endsAt = this.#clock.wallTime + delayMs;
      this.#end = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Lets the waiter go on now. */
  end(): void {
    this.#end?.();
    this.#end = undefined;
    this.#endsAt = undefined;
  }
}
