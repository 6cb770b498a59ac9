/** Reader of one feed: its events one by one, until it ends, is cancelled or falls silent. */

import { GONE } from "../base/disconnect.ts";
import type { Feed, FeedEvent, FeedRequest } from "./feeds.ts";
import type { SocketClose } from "./reconnecting_socket.ts";

/** Options of {@linkcode FeedReader}. */
export interface FeedReaderOptions
  extends Omit<FeedRequest, "signal" | "onActivity" | "pollMs"> {
  readonly feed: Feed;
  /** Milliseconds without a byte after which the feed counts as dead. */
  readonly silenceMs: number;
  /** The end that is reported of a dead feed. */
  readonly silenceClose: SocketClose;
}

/** An event of a feed, whose end is that of a socket; nothing follows `refused`, `end` and `cancelled`. */
export type FeedReading =
  | Exclude<FeedEvent, { readonly type: "end" }>
  | { readonly type: "end"; readonly close: SocketClose }
  | { readonly type: "cancelled" };

/** Share of `silenceMs` that a poll may last, so that it is answered before it counts as dead. */
const POLL_SHARE = 2 / 3;

/** Reads until it is cancelled. */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #events: AsyncIterator<FeedEvent>;
  readonly #abort = new AbortController();
  #ending: FeedReading | undefined;
  #cancelDeadline: (() => void) | undefined;

  /** Sends the request. */
  constructor(options: FeedReaderOptions) {
    const { feed, silenceMs } = options;
    this.#options = options;
    const events = feed({
      ...options,
      pollMs: Math.floor(silenceMs * POLL_SHARE),
      signal: this.#abort.signal,
      onActivity: () => this.#setDeadline(),
    });
    this.#events = events[Symbol.asyncIterator]();
    this.#setDeadline();
  }

  /** Waits for the next event. */
  async next(): Promise<FeedReading> {
    const event = await this.#read();
    const reading = this.#ending ?? event;
    const isLast = reading.type !== "open" && reading.type !== "messages";
    if (isLast) this.cancel();
    return reading;
  }

  /** Reads no more. */
  cancel(): void {
    this.#end({ type: "cancelled" });
  }

  async #read(): Promise<FeedReading> {
    try {
      const { value, done } = await this.#events.next();
      if (done) return gone("");
      if (value.type !== "end") return value;
      const { code, reason, retryAfterMs } = value;
      const close = { code, reason, wasClean: true };
      return retryAfterMs === undefined
        ? { type: "end", close }
        : { type: "end", close: { ...close, retryAfterMs } };
    } catch (error) {
      return gone(String(error));
    }
  }

  #setDeadline(): void {
    const { clock, silenceMs, silenceClose } = this.#options;
    this.#cancelDeadline?.();
    if (this.#ending !== undefined) return;
    this.#cancelDeadline = clock.after(silenceMs, () => {
      this.#end({ type: "end", close: silenceClose });
    });
  }

  #end(ending: FeedReading): void {
    this.#cancelDeadline?.();
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#abort.abort();
    // Releases the response; the error of the aborted stream is expected.
    this.#events.return?.().catch(() => {});
  }
}

function gone(reason: string): FeedReading {
  return { type: "end", close: { code: GONE.code, reason, wasClean: false } };
}
