/** A clock that stands still until a test moves it. */

import type { Clock } from "../../lib/base/clock.ts";
import type { Random } from "../../lib/base/random.ts";

interface Timer {
  at: number;
  readonly periodMs: number | undefined;
  readonly callback: () => void;
}

const MAX_DELAY_MS = 2 ** 31 - 1;

/** Time in the hands of a test; timers run in the order in which they are due. */
export class FakeClock implements Clock {
  now = 0;
  /** What `wallTime` is ahead of `now`; set it to make the wall clock jump. */
  wallOffset = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();

  get wallTime(): number {
    return this.now + this.wallOffset;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** @throws {RangeError} If it is longer than a timer can wait: a real one would call back at once. */
  after(delayMs: number, callback: () => void): () => void {
    if (delayMs > MAX_DELAY_MS) throw new RangeError(`${delayMs} ms`);
    return this.#add({ at: this.now + delayMs, periodMs: undefined, callback });
  }

  every(periodMs: number, callback: () => void): () => void {
    return this.#add({ at: this.now + periodMs, periodMs, callback });
  }

  soon(callback: () => void): () => void {
    return this.after(0, callback);
  }

  /** Moves the time on by `ms` and runs every timer that is due on the way. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (let timer; (timer = this.#nextBefore(end)) !== undefined;) {
      this.now = timer.at;
      if (timer.periodMs === undefined) this.#timers.delete(timer);
      else timer.at += timer.periodMs;
      timer.callback();
    }
    this.now = end;
  }

  /** Lets `ms` pass in which nothing runs, as when the process is stopped; then each timer runs once. */
  stall(ms: number): void {
    this.now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.at > this.now) continue;
      if (timer.periodMs === undefined) this.#timers.delete(timer);
      else timer.at = this.now + timer.periodMs;
      timer.callback();
    }
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  #nextBefore(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && timer.at < (next?.at ?? Infinity)) next = timer;
    }
    return next;
  }
}

/** Chance without surprise: the middle of every range, and UUIDs that count up. */
export function fakeRandom(): Random {
  let count = 0;
  return {
    number: () => 0.5,
    uuid: () =>
      `${String(++count).padStart(8, "0")}-0000-4000-8000-000000000000`,
  };
}
