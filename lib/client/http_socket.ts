/** A WebSocket's stand-in where none gets through: what is heard comes by a feed, what is said goes by `POST /send`. */

import { type Feed, type FeedMessage, pollFeed, streamFeed } from "./feeds.ts";
import type { WebSocketConstructor } from "./link.ts";

/** How to do without a WebSocket: an event stream, or polls. */
export type HttpTransport = "sse" | "poll";

/** What a stand-in is told. */
export interface HttpSocketOptions {
  /** A JWT, sent as a header of every request. */
  readonly token?: string;
  /** Makes the requests. @default {globalThis.fetch} */
  readonly fetch?: typeof fetch;
}

const FEEDS: Readonly<Record<HttpTransport, Feed>> = {
  sse: streamFeed,
  poll: pollFeed,
};

/**
 * Makes a constructor that stands in for `WebSocket` at the URL of a text
 * protocol's server, such as `ws://localhost:8000/ws`: it takes its frames, and
 * hears the same.
 */
export function httpSocket(
  transport: HttpTransport,
  options: HttpSocketOptions = {},
): WebSocketConstructor {
  const memory: Memory = { channels: new Set(), since: undefined };
  return class extends HttpSocket {
    constructor(url: string) {
      super(url, FEEDS[transport], { ...options, memory });
    }
  };
}

/** What the next stand-in of a client begins with, so that it misses nothing. */
interface Memory {
  readonly channels: Set<string>;
  since: string | undefined;
}

/** As much of a WebSocket as a link uses. */
class HttpSocket extends EventTarget {
  binaryType: BinaryType = "arraybuffer";
  readyState: 0 | 1 | 2 | 3 = 0;
  bufferedAmount = 0;
  readonly #url: URL;
  readonly #feed: Feed;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fetch: typeof fetch;
  readonly #memory: Memory;
  readonly #showSender: boolean;
  #leave = new AbortController();
  /** What is told once the channels are those that were asked for. */
  #answers: string[] = [];
  #isStarting = false;
  #sent: Promise<void> = Promise.resolve();

  constructor(
    url: string,
    feed: Feed,
    options: HttpSocketOptions & { readonly memory: Memory },
  ) {
    super();
    this.#memory = options.memory;
    const { token, fetch = globalThis.fetch.bind(globalThis) } = options;
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol.replace("ws", "http");
    this.#showSender = this.#url.searchParams.get("from") === "1";
    this.#url.searchParams.delete("from");
    this.#feed = feed;
    this.#headers = token ? { Authorization: `Bearer ${token}` } : {};
    this.#fetch = fetch;
    this.#restart();
  }

  send(frame: string): void {
    // The token is in the headers.
    if (frame.startsWith("auth:")) return;
    const [, sign, channel] = /^([+-])#(.*)$/.exec(frame) ?? [];
    if (channel === undefined) return this.#post(frame);
    const { channels } = this.#memory;
    if (channels.has(channel) === (sign === "+")) return this.#tell(frame);
    if (sign === "+") channels.add(channel);
    else channels.delete(channel);
    this.#answers.push(frame);
    this.#restart();
  }

  close(code = 1000, reason = ""): void {
    this.#end(code, reason, true);
  }

  /** Follows the feed anew, with the channels of this moment; several changes are one. */
  #restart(): void {
    this.#leave.abort();
    this.#leave = new AbortController();
    if (this.#isStarting) return;
    this.#isStarting = true;
    queueMicrotask(() => {
      this.#isStarting = false;
      if (this.readyState < 2) this.#follow(this.#leave.signal);
    });
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const answers = this.#answers;
    this.#answers = [];
    try {
      const request = {
        url: this.#url,
        channels: [...this.#memory.channels],
        since: this.#memory.since,
        headers: this.#headers,
        signal,
        fetch: this.#fetch,
      };
      for await (const event of this.#feed(request)) {
        if (signal.aborted) break;
        if (event.type === "open") this.#opened(answers);
        if (event.type === "cursor") this.#memory.since = event.cursor;
        if (event.type === "message") this.#tell(this.#frameOf(event.message));
        if (event.type === "end") this.#end(event.code, event.reason, true);
      }
      if (!signal.aborted) this.#end(1006, "", false);
    } catch (error) {
      // Left for a feed of other channels, or for good; else the network failed.
      if (signal.aborted) this.#answers.unshift(...answers);
      else this.#end(1006, String(error), false);
    }
  }

  #opened(answers: readonly string[]): void {
    if (this.readyState === 0) {
      this.readyState = 1;
      this.dispatchEvent(new Event("open"));
    }
    for (const answer of answers) this.#tell(answer);
  }

  /** One after the other, so that frames arrive in their order. */
  #post(frame: string): void {
    this.bufferedAmount += frame.length;
    this.#sent = this.#sent.then(async () => {
      try {
        const url = new URL(this.#url);
        url.pathname = "/send";
        const response = await this.#fetch(url, {
          method: "POST",
          body: frame,
          headers: this.#headers,
        });
        const answer = await response.text();
        if (answer !== "") this.#tell(answer.trimEnd());
      } catch (error) {
        this.#end(1006, String(error), false);
      } finally {
        this.bufferedAmount -= frame.length;
      }
    });
  }

  #frameOf({ channel, data, info }: FeedMessage): string {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    if (channel !== undefined) return `#${channel}:${text}`;
    return this.#showSender ? `${info?.user ?? ""}>${text}` : text;
  }

  #tell(data: string): void {
    if (this.readyState !== 1) return;
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  #end(code: number, reason: string, wasClean: boolean): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#leave.abort();
    this.dispatchEvent(new CloseEvent("close", { code, reason, wasClean }));
  }
}
