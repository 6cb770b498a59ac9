/** `FakeTime` of `@std/testing/time`, over `@sinonjs/fake-timers`. */

// @ts-types="./fake_timers.d.ts"
import { type Clock, install } from "@sinonjs/fake-timers";

const FAKED = [
  "Date",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
] as const;

const realSetTimeout = globalThis.setTimeout;

let installed: FakeTime | undefined;

/** Thrown when time is already faked, or no longer is. */
export class TimeError extends Error {
  override name = "TimeError";
}

/** Replaces `Date` and the timers until restored; only `tick` moves time. */
export class FakeTime implements Disposable {
  #clock: Clock;
  readonly start: number;

  /** @param start The time to begin at; the real one when left out. */
  constructor(start: number | string | Date = Date.now()) {
    if (installed) throw new TimeError("Time is already faked");
    this.start = new Date(start).getTime();
    this.#clock = install({ now: this.start, toFake: FAKED });
    installed = this;
  }

  /** The faked time, in milliseconds since the epoch. */
  get now(): number {
    return this.#clock.now;
  }

  /** Moves time on and runs the timers that fall due, in their order. */
  set now(value: number) {
    this.tick(value - this.now);
  }

  /** Moves time on and runs the timers that fall due, in their order. */
  tick(ms = 0): void {
    if (installed !== this) throw new TimeError("Time is already restored");
    if (ms < 0) {
      throw new RangeError(`Cannot tick by ${ms} ms: time only goes on`);
    }
    this.#clock.tick(ms);
  }

  /** Lets pending microtasks run, then ticks. */
  async tickAsync(ms = 0): Promise<void> {
    await this.runMicrotasks();
    this.tick(ms);
  }

  /** Resolves after everything already queued, by one turn of the real event loop. */
  runMicrotasks(): Promise<void> {
    return this.delay(0);
  }

  /** Resolves after real, not faked, milliseconds. */
  delay(ms: number): Promise<void> {
    return new Promise((resolve) => void realSetTimeout(resolve, ms));
  }

  /** Jumps to the next timer and runs it; false if there is none. */
  next(): boolean {
    if (this.#clock.countTimers() === 0) return false;
    this.#clock.next();
    return true;
  }

  /** Puts the real time back. */
  restore(): void {
    if (installed !== this) throw new TimeError("Time is already restored");
    this.#clock.uninstall();
    installed = undefined;
  }

  [Symbol.dispose](): void {
    if (installed === this) this.restore();
  }
}
