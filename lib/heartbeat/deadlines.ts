/** Deadlines: calls at a later time, most of which are cancelled before. */

import { TimingWheel, type WheelItem } from "./timing_wheel.ts";

/** Width of a slot: a call is late by that and a tick of the heartbeat at most, in milliseconds. */
const TICK_MS = 100;

/** One call, by which it is cancelled. */
export interface Deadline extends WheelItem {
  /** Time of the call, in the time of {@linkcode Deadlines.advance}. */
  readonly dueMs: number;
  /** The call. */
  readonly callback: () => void;
}

/**
 * Calls back later, at a hundredth of a timer's cost where a call is mostly cancelled:
 * each request with a body and each handshake has a deadline. The time is that of the
 * heartbeat, so that no deadline passes while the process stands still.
 */
export class Deadlines {
  readonly #wheel = new TimingWheel<Deadline>({ tickMs: TICK_MS });
  #now = 0;

  /** Calls back once after `delayMs`, or a little later, unless the call is cancelled. */
  after(delayMs: number, callback: () => void): Deadline {
    const dueMs = this.#now + delayMs;
    const deadline: Deadline = { slot: undefined, dueMs, callback };
    this.#wheel.schedule(deadline, dueMs);
    return deadline;
  }

  /** Cancels a call, if it is still to come. */
  cancel(deadline: Deadline): void {
    this.#wheel.cancel(deadline);
  }

  /** Moves on to `nowMs`, and calls back what is due. */
  advance(nowMs: number): void {
    this.#now = nowMs;
    this.#wheel.advance(nowMs, this.#visit);
  }

  readonly #visit = (deadline: Deadline): void => {
    // The wheel visits one early that is due after its last slot.
    if (deadline.dueMs > this.#now) {
      this.#wheel.schedule(deadline, deadline.dueMs);
    } else deadline.callback();
  };
}
