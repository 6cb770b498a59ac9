/** Asks the other side for a sign of life, and notices when none comes. */

import type { Clock } from "../base/clock.ts";

/** What a {@linkcode ClientHeartbeat} is told. */
export interface ClientHeartbeatOptions {
  /** Milliseconds between two questions. */
  readonly periodMs: number;
  /** Milliseconds in which any frame must follow a question. */
  readonly answerMs: number;
  readonly clock: Clock;
  /** Sends the question. */
  readonly onBeat: () => void;
  /** Called once when nothing came in time; the heartbeat has stopped by then. */
  readonly onSilence: () => void;
}

/** The heartbeat of one open link. */
export class ClientHeartbeat {
  readonly #options: ClientHeartbeatOptions;
  #cancelBeat: (() => void) | undefined;
  #cancelDeadline: (() => void) | undefined;
  #nextAt: number | undefined;

  constructor(options: ClientHeartbeatOptions) {
    this.#options = options;
  }

  /** When the next question is due, in milliseconds since 1970; undefined while stopped. */
  get nextAt(): number | undefined {
    return this.#nextAt;
  }

  /** Begins a new period; the first question comes at its end. */
  start(): void {
    this.stop();
    this.#schedule();
  }

  /** Asks nothing and expects nothing any more. */
  stop(): void {
    this.#cancelBeat?.();
    this.#nextAt = undefined;
    this.heard();
  }

  /** Any frame answers the question: a busy link needs no pong to be alive. */
  heard(): void {
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
