/** What a client of plain HTTP has to say: one frame after the other, so that they arrive in their order. */

import type { Clock } from "../base/clock.ts";
import { GONE } from "../base/disconnect.ts";
import {
  closeOf,
  errorFrameOf,
  isUndone,
  readRefusal,
} from "./http_refusal.ts";
import { type HttpParty, postFrame } from "./http_request.ts";
import type { LinkClose } from "./reconnecting_socket.ts";

/** What an outbox is told. */
export interface OutboxOptions {
  readonly party: HttpParty;
  readonly clock: Clock;
  /** Milliseconds without an answer after which a frame counts as lost. */
  readonly answerMs: number;
  /** Carries out joins and leaves that were said in a row. */
  readonly onChanges: (frames: readonly string[]) => Promise<void>;
  /** Called with a frame in answer. */
  readonly onAnswer: (frame: string) => void;
  /** Called when a frame was not taken; nothing more is said. */
  readonly onLost: (close: LinkClose) => void;
}

const CHANGE = /^[+-]#/;
const ANSWER = /^(?:pong|error:\d+ .*)$/s;

/** Frames on their way. A frame that may have arrived is not said again. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #leave = new AbortController();
  #frames: string[] = [];
  #length = 0;
  #isWorking = false;

  /** Makes one that is empty. */
  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Characters that were not taken yet. */
  get length(): number {
    return this.#length;
  }

  /** Whether there are joins or leaves to come. */
  get hasChanges(): boolean {
    return this.#frames.some((frame) => CHANGE.test(frame));
  }

  /** Says `frame` after those before it. */
  push(frame: string): void {
    this.#frames.push(frame);
    this.#length += frame.length;
    this.#work();
  }

  /** Says what is there, without joins and leaves. */
  finish(): void {
    this.#frames = this.#frames.filter((frame) => !CHANGE.test(frame));
  }

  /** Says nothing more; returns the messages that were not said. */
  stop(): readonly string[] {
    const undelivered = this.#frames.filter((frame) =>
      frame !== "ping" && !CHANGE.test(frame)
    );
    this.#frames = [];
    this.#leave.abort();
    return undelivered;
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    // What is said in one turn belongs together.
    await Promise.resolve();
    for (;;) {
      const count = this.#frames.findIndex((frame) => !CHANGE.test(frame));
      const changes = this.#frames.splice(0, count < 0 ? Infinity : count);
      if (changes.length > 0) await this.#options.onChanges(changes);
      const frame = changes.length > 0 ? undefined : this.#frames.shift();
      if (frame !== undefined) await this.#say(frame);
      for (const said of changes) this.#length -= said.length;
      if (frame !== undefined) this.#length -= frame.length;
      if (this.#frames.length === 0) break;
    }
    this.#isWorking = false;
  }

  async #say(frame: string): Promise<void> {
    const { party, clock, answerMs, onAnswer } = this.#options;
    const giveUp = clock.after(answerMs, () => {
      this.#lost({ code: GONE.code, reason: "no answer", wasClean: false });
    });
    try {
      const response = await postFrame(party, frame, this.#leave.signal);
      if (!response.ok) {
        const refusal = await readRefusal(response);
        const error = errorFrameOf(refusal);
        if (error !== undefined) return onAnswer(error);
        if (isUndone(refusal)) this.#frames.unshift(frame);
        return this.#lost(closeOf(refusal));
      }
      const answer = (await response.text()).trimEnd();
      if (answer === "") return;
      if (!ANSWER.test(answer)) throw new TypeError("not an answer of the hub");
      onAnswer(answer);
    } catch (error) {
      const reason = String(error);
      this.#lost({ code: GONE.code, reason, wasClean: false });
    } finally {
      giveUp();
    }
  }

  #lost(close: LinkClose): void {
    this.#options.onLost(close);
    this.stop();
  }
}
