/** One feed that is followed: its events one by one, until it ends, is left or falls silent. */

import { GONE } from "../base/disconnect.ts";
import type { Feed, FeedEvent, FeedRequest } from "./feeds.ts";
import type { LinkClose } from "./reconnecting_socket.ts";

/** What an ear is told. */
export interface EarOptions
  extends Omit<FeedRequest, "signal" | "onSign" | "pollMs"> {
  readonly feed: Feed;
  /** Milliseconds without a byte after which the feed counts as dead. */
  readonly silenceMs: number;
  /** What to say of a feed that is dead. */
  readonly dead: LinkClose;
}

/** What there was to hear. */
export type Heard =
  | Exclude<FeedEvent, { readonly type: "end" }>
  | { readonly type: "end"; readonly close: LinkClose }
  | { readonly type: "left" };

/** A poll is answered well before it would count as dead. */
const POLL_SHARE = 2 / 3;

/** Listens until it is told to leave. */
export class FeedReader {
  readonly #options: EarOptions;
  readonly #events: AsyncIterator<FeedEvent>;
  readonly #leave = new AbortController();
  #ending: Heard | undefined;
  #stopWaiting: (() => void) | undefined;

  /** Begins to listen. */
  constructor(options: EarOptions) {
    const { feed, silenceMs } = options;
    this.#options = options;
    const events = feed({
      ...options,
      pollMs: Math.floor(silenceMs * POLL_SHARE),
      signal: this.#leave.signal,
      onSign: () => this.#wait(),
    });
    this.#events = events[Symbol.asyncIterator]();
    this.#wait();
  }

  /** The next event; after `refused`, `end` and `left` there is none. */
  async next(): Promise<Heard> {
    let heard: Heard;
    try {
      const { value, done } = await this.#events.next();
      if (done) heard = gone("");
      else if (value.type !== "end") heard = value;
      else {
        const { code, reason } = value;
        heard = { type: "end", close: { code, reason, wasClean: true } };
      }
    } catch (error) {
      heard = gone(String(error));
    }
    heard = this.#ending ?? heard;
    if (heard.type !== "open" && heard.type !== "news") this.leave();
    return heard;
  }

  /** Listens no more. */
  leave(): void {
    this.#end({ type: "left" });
  }

  #wait(): void {
    const { clock, silenceMs, dead } = this.#options;
    this.#stopWaiting?.();
    if (this.#ending !== undefined) return;
    this.#stopWaiting = clock.after(silenceMs, () => {
      this.#end({ type: "end", close: dead });
    });
  }

  #end(ending: Heard): void {
    this.#stopWaiting?.();
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#leave.abort();
    // Lets go of the response; that its stream was cut is no news.
    this.#events.return?.().catch(() => {});
  }
}

function gone(reason: string): Heard {
  return { type: "end", close: { code: GONE.code, reason, wasClean: false } };
}
