/** Frames of a client over plain HTTP on their way to the server: one after the other, so that they arrive in order. */

import { GONE } from "../base/disconnect.ts";
import {
  closeOf,
  errorFrameOf,
  isSafeToRetry,
  readRefusal,
} from "./http_refusal.ts";
import { type HttpServer, postFrame } from "./http_request.ts";
import type { SocketClose } from "./reconnecting_socket.ts";

/** Options of {@linkcode SendQueue}. */
export interface SendQueueOptions {
  readonly server: HttpServer;
  /** Milliseconds without an answer after which a frame counts as lost. */
  readonly answerMs: number;
  /** Carries out joins and leaves that were queued in a row. */
  readonly onChanges: (frames: readonly string[]) => Promise<void>;
  /** Called with the frame that answers another. */
  readonly onAnswer: (frame: string) => void;
  /** Called when a frame was not accepted; no other is sent then. */
  readonly onLost: (close: SocketClose) => void;
}

const CHANGE = /^[+-]#/;
const ANSWER = /^(?:pong|error:\d+ .*)$/s;

/** Sends each frame at most once: one that may have arrived is not sent again. */
export class SendQueue {
  readonly #options: SendQueueOptions;
  readonly #abort = new AbortController();
  #frames: string[] = [];
  #length = 0;
  #isSending = false;

  /** Makes one that is empty. */
  constructor(options: SendQueueOptions) {
    this.#options = options;
  }

  /** Characters that the server has not accepted yet. */
  get length(): number {
    return this.#length;
  }

  /** True while joins or leaves are queued. */
  get hasChanges(): boolean {
    return this.#frames.some((frame) => CHANGE.test(frame));
  }

  /** Sends `frame` after those before it. */
  push(frame: string): void {
    this.#frames.push(frame);
    this.#length += frame.length;
    this.#sendAll();
  }

  /** Drops queued joins and leaves; the other frames are still sent. */
  dropChanges(): void {
    this.#frames = this.#frames.filter((frame) => !CHANGE.test(frame));
  }

  /** Sends nothing more; returns the messages that were not sent. */
  stop(): readonly string[] {
    const undelivered = this.#frames.filter((frame) =>
      frame !== "ping" && !CHANGE.test(frame)
    );
    this.#frames = [];
    this.#abort.abort();
    return undelivered;
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    // Joins and leaves of one turn make one change.
    await Promise.resolve();
    while (this.#frames.length > 0) {
      const count = this.#frames.findIndex((frame) => !CHANGE.test(frame));
      const next = this.#frames.splice(0, count < 0 ? Infinity : count || 1);
      if (count !== 0) await this.#options.onChanges(next);
      else for (const frame of next) await this.#post(frame);
      for (const { length } of next) this.#length -= length;
    }
    this.#isSending = false;
  }

  async #post(frame: string): Promise<void> {
    const { server, answerMs, onAnswer } = this.#options;
    const cancel = server.clock.after(answerMs, () => {
      this.#lost({ code: GONE.code, reason: "no answer", wasClean: false });
    });
    try {
      const response = await postFrame(server, frame, this.#abort.signal);
      if (!response.ok) {
        const refusal = await readRefusal(response, server);
        const error = errorFrameOf(refusal);
        if (error !== undefined) return onAnswer(error);
        if (isSafeToRetry(refusal)) this.#frames.unshift(frame);
        return this.#lost(closeOf(refusal));
      }
      const answer = (await response.text()).trimEnd();
      if (answer === "") return;
      if (!ANSWER.test(answer)) {
        throw new TypeError(
          "Cannot read the answer to a frame: expected pong or an error",
        );
      }
      onAnswer(answer);
    } catch (error) {
      const reason = String(error);
      this.#lost({ code: GONE.code, reason, wasClean: false });
    } finally {
      cancel();
    }
  }

  #lost(close: SocketClose): void {
    this.#options.onLost(close);
    this.stop();
  }
}
