/** Waits that can be cut short. */

import type { Clock } from "../base/clock.ts";

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

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function pauseFor(
  ms: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
