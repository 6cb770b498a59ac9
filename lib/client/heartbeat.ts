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

/** The heartbeat of one open connection. */
export class ClientHeartbeat {
  readonly #options: ClientHeartbeatOptions;
  #cancelBeat: (() => void) | undefined;
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
    this.#cancelBeat?.();
    this.#nextAt = undefined;
    this.received();
  }

  /** Takes any frame as the answer: a busy connection needs no pong to be alive. */
  received(): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = undefined;
  }

  #schedule(): void {
    const { clock, periodMs } = this.#options;
    this.#nextAt = clock.wallTime + periodMs;
    this.#cancelBeat = clock.after(periodMs, () => this.#beat());
  }

  #beat(): void {
    const { clock, answerMs, onBeat, onSilence } = this.#options;
    this.#schedule();
    onBeat();
    this.#cancelDeadline ??= clock.after(answerMs, () => {
      this.stop();
      onSilence();
    });
  }
}
