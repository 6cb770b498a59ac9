/** What this node has asked of the sequencer and has no answer to. */

import type { Clock } from "../../base/clock.ts";
import { IdRing } from "./id_ring.ts";
import type { Answer, Message } from "./messages.ts";
import { sizeOf } from "./sizes.ts";

/** What a node can ask. */
export type Call = Extract<Message, { type: "publish" | "request" }>;

/** How a call ends. */
export interface Ending {
  /** Takes the answer. */
  settle(answer: Answer): void;
  /** Takes the reason why there is none. */
  fail(error: unknown): void;
}

/** A call that has not ended. */
export interface Waiting extends Ending {
  readonly call: Call;
  /** Whether it may have been carried out already. */
  posted: boolean;
  readonly bytes: number;
  /** On the scale of `Clock.now`. */
  readonly expiresAt: number;
}

/** What calls go by. */
export interface CallsOptions {
  readonly clock: Clock;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Bytes that may wait for an answer at once. */
  readonly maxBytes: number;
  /** Called after a call that may not have been carried out. */
  readonly onFail?: (call: Call) => void;
}

/** Gives each call its id, and ends it: by its answer, or when there is none in time. */
export class Calls {
  readonly #options: CallsOptions;
  /** By id, which is the order of the calls too. */
  readonly #waiting = new IdRing<Waiting>();
  #id = 0;
  #bytes = 0;
  #stopTimer: (() => void) | undefined;
  #closed = false;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /** Whether every call has ended. */
  get idle(): boolean {
    return this.#waiting.size === 0;
  }

  /**
   * Takes a call that `make` makes with its id, and returns it; `undefined` where it
   * fails at once, because too much waits already or the calls are closed.
   */
  add(make: (id: number) => Call, ending: Ending): Call | undefined {
    const call = make(++this.#id);
    const bytes = sizeOf(call);
    const refusal = this.#refuse(call, bytes);
    if (refusal !== undefined) {
      this.#end({ call, ...ending }, refusal);
      return undefined;
    }
    this.#bytes += bytes;
    const expiresAt = this.#options.clock.now + this.#options.timeoutMs;
    const waiting = { call, posted: false, bytes, expiresAt, ...ending };
    this.#waiting.add(call.id, waiting);
    this.#expireLater();
    return call;
  }

  /** Whether anybody waits for a call still. */
  has(id: number): boolean {
    return this.#waiting.get(id) !== undefined;
  }

  /** Takes note that a call is posted, and may be carried out from now on. */
  posted(id: number): void {
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) waiting.posted = true;
  }

  /** Ends a call by its answer. */
  settle(id: number, answer: Answer): void {
    this.#remove(id)?.settle(answer);
  }

  /** Ends a call that was refused. */
  fail(id: number, error: unknown): void {
    const waiting = this.#remove(id);
    if (waiting !== undefined) this.#end(waiting, error);
  }

  /**
   * Goes through the calls when their sequencer is gone, in their order. What was
   * posted may have been carried out, so it fails where twice would be too much;
   * the others are returned, to be asked anew.
   */
  takeOver(): readonly Waiting[] {
    for (const { call, posted } of [...this.#waiting.values()]) {
      if (!posted || isRepeatable(call)) continue;
      const reason = "its sequencer has ended before it answered";
      this.fail(call.id, new Error(`Cannot ${describe(call)}: ${reason}`));
    }
    return [...this.#waiting.values()];
  }

  /** Ends all calls, and the timer. */
  close(): void {
    this.#closed = true;
    this.#stopTimer?.();
    for (const { call } of [...this.#waiting.values()]) {
      this.fail(call.id, closedError(call));
    }
  }

  #refuse(call: Call, bytes: number): Error | undefined {
    if (this.#closed) return closedError(call);
    if (this.#bytes + bytes <= this.#options.maxBytes) return undefined;
    return new Error(
      `Cannot ${describe(call)}: ${this.#waiting.size} calls wait already`,
    );
  }

  #end(
    { call, fail }: Pick<Waiting, "call" | "fail">,
    error: unknown,
  ): void {
    fail(error);
    this.#options.onFail?.(call);
  }

  #remove(id: number): Waiting | undefined {
    const waiting = this.#waiting.take(id);
    if (waiting !== undefined) this.#bytes -= waiting.bytes;
    return waiting;
  }

  /** One timer for all: most calls are answered long before it ends. */
  #expireLater(): void {
    const { clock, timeoutMs } = this.#options;
    this.#stopTimer ??= clock.after(timeoutMs / 4, () => {
      this.#stopTimer = undefined;
      this.#expire();
      if (!this.idle) this.#expireLater();
    });
  }

  #expire(): void {
    const { clock, timeoutMs } = this.#options;
    for (const { call, expiresAt } of this.#waiting.values()) {
      if (expiresAt > clock.now) return;
      const reason = `the sequencer did not answer within ${timeoutMs} ms`;
      this.fail(call.id, new Error(`Cannot ${describe(call)}: ${reason}`));
    }
  }
}

function closedError(call: Call): Error {
  return new Error(`Cannot ${describe(call)}: the broker is closed`);
}

/** Whether a call that may have been carried out can be carried out again. */
function isRepeatable(call: Call): boolean {
  return call.type === "request" && call.request.type !== "call";
}

/** What a call wants, for an error. */
function describe(call: Call): string {
  if (call.type === "publish") return `publish to "${call.draft.channel}"`;
  const { request } = call;
  return request.type === "call"
    ? `ask ${request.node ?? "all nodes"}`
    : `carry out "${request.type}" for "${request.channel}"`;
}
