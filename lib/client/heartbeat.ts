/** Heartbeat of a client: asks the server for a sign of life, and reports when none comes. */

import type { Clock } from "../base/clock.ts";

/** Options of {@linkcode ClientHeartbeat}. */
export interface ClientHeartbeatOptions {
  /** Milliseconds between two pings. */
  readonly periodMs: number;
  /** Milliseconds in which any frame must follow a ping. */
  readonly answerMs: number;
  /** Source of the time. */
  readonly clock: Clock;
  /** Sends the ping. */
  readonly onBeat: () => void;
  /** Called once when nothing came in time; the heartbeat has stopped by then. */
  readonly onSilence: () => void;
}

/** Milliseconds between two looks at the time, and the delay of one that shows that the device has slept. */
const LOOK_MS = 10_000;
const SLEPT_MS = 3_000;

/** The heartbeat of one open connection. */
export class ClientHeartbeat {
  readonly #options: ClientHeartbeatOptions;
  #cancelLook: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;
  #nextAt: number | undefined;

  constructor(options: ClientHeartbeatOptions) {
    this.#options = options;
  }

  /** Time of the next ping, in milliseconds since 1970; undefined while stopped. */
  get nextAt(): number | undefined {
    return this.#nextAt;
  }

  /** Begins a new period; the first ping is sent at its end. */
  start(): void {
    this.stop();
    this.#schedule();
  }

  /** Sends no more pings, and expects no answer. */
  stop(): void {
    this.#cancelLook?.();
    this.#nextAt = undefined;
    this.received();
  }

  /** Takes any frame as the answer: a busy connection needs no pong to be alive. */
  received(): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = undefined;
  }

  /** Sends a ping now, unless an answer is awaited already. */
  probe(): void {
    if (this.#cancelDeadline === undefined) this.#ask();
  }

  #schedule(): void {
    const { clock, periodMs } = this.#options;
    this.#nextAt = clock.wallTime + periodMs;
    this.#look(periodMs);
  }

  /** Waits in short steps: timers stand still while a device sleeps, and the link may be dead when it wakes. */
  #look(restMs: number): void {
    const { clock } = this.#options;
    const waitMs = Math.min(restMs, LOOK_MS);
    const dueAt = clock.wallTime + waitMs;
    this.#cancelLook = clock.after(waitMs, () => {
      const hasSlept = clock.wallTime - dueAt > SLEPT_MS;
      if (restMs > waitMs && !hasSlept) return this.#look(restMs - waitMs);
      this.#schedule();
      this.#ask();
    });
  }

  #ask(): void {
    this.#options.onBeat();
    this.#cancelDeadline ??= this.#expect(false);
  }

  #expect(isRepeated: boolean): () => void {
    const { clock, answerMs, onBeat, onSilence } = this.#options;
    const dueAt = clock.wallTime + answerMs;
    return clock.after(answerMs, () => {
      const hasSlept = clock.wallTime - dueAt > SLEPT_MS;
      // The answer may wait to be read. Once only: a hidden tab's timers are always late.
      if (hasSlept && !isRepeated) {
        this.#cancelDeadline = this.#expect(true);
        return onBeat();
      }
      this.stop();
      onSilence();
    });
  }
}
