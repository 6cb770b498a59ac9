/** A WebSocket's stand-in where none gets through: what is heard comes by feeds, what is said goes by `POST /send`. */

import { type Clock, systemClock } from "../base/clock.ts";
import { type Random, systemRandom } from "../base/random.ts";
import type { EarOptions } from "./feed_reader.ts";
import { type Feed, type FeedMessage, pollFeed, streamFeed } from "./feeds.ts";
import type { LinkClose, WebSocketConstructor } from "./reconnecting_socket.ts";
import { ChannelFeed, type ChannelFeedOptions } from "./channel_feed.ts";
import { Outbox } from "./send_queue.ts";

/** How to do without a WebSocket: an event stream, or polls. */
export type HttpTransport = "sse" | "poll";

/** What a stand-in is told. */
export interface HttpSocketOptions {
  /** A JWT, sent as a header of every request. */
  readonly token?: string;
  /**
   * Milliseconds without a byte, if only a comment, after which the connection
   * counts as dead. An event stream has a comment every 15 s, and polls last two
   * thirds of this. @default {37_500}
   */
  readonly silenceMs?: number;
  /** Makes the requests. @default {globalThis.fetch} */
  readonly fetch?: typeof fetch;
  /** Where the time comes from. @default {systemClock} */
  readonly clock?: Clock;
  /** Where the spread of the waits comes from. @default {systemChance} */
  readonly random?: Pick<Random, "number">;
}

const FEEDS: Readonly<Record<HttpTransport, Feed>> = {
  sse: streamFeed,
  poll: pollFeed,
};

/** Why the stand-in itself ends a connection. */
const closes = {
  silent: { code: 3012, reason: "nothing was heard", wasClean: false },
} as const satisfies Record<string, LinkClose>;

/** What a client says when it is done, and not when it comes back. */
const DONE = 1000;

/**
 * Makes a constructor that stands in for `WebSocket` at the URL of a text
 * protocol's server, such as `ws://localhost:8000/ws`: it takes its frames, and
 * hears the same. Over event streams it has one for what is sent to it and to
 * all, which no join interrupts, and one for its channels, if there are any. Over
 * polls it misses what is sent to it while it polls anew.
 */
export function httpSocket(
  transport: HttpTransport,
  options: HttpSocketOptions = {},
): WebSocketConstructor {
  const memory: Memory = { since: undefined };
  return class extends HttpSocket {
    constructor(url: string) {
      super(url, { ...options, feed: FEEDS[transport], memory });
    }
  };
}

/** What the next stand-in of a client begins with, so that it misses nothing. */
interface Memory {
  /** Where the client stands in its channels. */
  since: string | undefined;
}

/** As much of a WebSocket as a link uses. */
class HttpSocket extends EventTarget {
  binaryType: BinaryType = "arraybuffer";
  readyState: 0 | 1 | 2 | 3 = 0;
  /** Messages that have certainly not arrived, once the socket is closed. */
  undelivered: readonly string[] = [];
  readonly #memory: Memory;
  readonly #showSender: boolean;
  readonly #directs: ChannelFeed;
  /** The same over polls. */
  readonly #channels: ChannelFeed;
  readonly #outbox: Outbox;

  constructor(
    url: string,
    options: HttpSocketOptions & {
      readonly feed: Feed;
      readonly memory: Memory;
    },
  ) {
    super();
    this.#memory = options.memory;
    const ear = earOptions(url, options);
    this.#showSender = new URL(url).searchParams.get("from") === "1";
    const newChannelFeed = (hears: ChannelFeedOptions["hears"]) =>
      new ChannelFeed({
        ...ear,
        hears,
        memory: options.memory,
        onMessage: (message) => this.#hear(message),
        onEnd: (close) => this.#end(close),
      });
    // Two streams are exact. Of two polls, one would take what the other has to miss.
    const isOne = options.feed === pollFeed;
    this.#directs = newChannelFeed(isOne ? "all" : "directs");
    this.#channels = isOne ? this.#directs : newChannelFeed("channels");
    this.#outbox = new Outbox({
      party: ear,
      clock: ear.clock,
      answerMs: ear.silenceMs,
      onChanges: (frames) =>
        this.#channels.change(frames, (frame) => this.#tell(frame)),
      onAnswer: (frame) => this.#tell(frame),
      onLost: (close) => this.#end(close),
    });
    this.#directs.open(() => this.#opened());
  }

  get bufferedAmount(): number {
    return this.#outbox.length;
  }

  send(frame: string): void {
    // The token is in the headers, and nobody asks whether the client is here.
    if (frame.startsWith("auth:") || frame === "pong" || frame === "") return;
    this.#outbox.push(frame);
  }

  close(code: number = DONE, reason = ""): void {
    this.#end({ code, reason, wasClean: true });
  }

  #opened(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
    // Who joins nothing at once has left it all, and begins anew when it joins again.
    if (!this.#outbox.hasChanges) this.#memory.since = undefined;
  }

  #hear({ channel, data, info }: FeedMessage): void {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    if (channel !== undefined) this.#tell(`#${channel}:${text}`);
    else this.#tell(this.#showSender ? `${info?.user ?? ""}>${text}` : text);
  }

  #tell(data: string): void {
    if (this.readyState !== 1) return;
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  #end(close: LinkClose): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#directs.leave();
    this.#channels.leave();
    // A socket says what it was given before it closes.
    if (close.code === DONE) this.#outbox.finish();
    else this.undelivered = this.#outbox.stop();
    this.dispatchEvent(new CloseEvent("close", close));
  }
}

function earOptions(
  url: string,
  options: HttpSocketOptions & { readonly feed: Feed },
): Omit<EarOptions, "channels" | "since"> {
  const { feed, token, silenceMs = 37_500 } = options;
  const server = new URL(url);
  server.protocol = server.protocol.replace("ws", "http");
  server.searchParams.delete("from");
  return {
    feed,
    url: server,
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    silenceMs,
    dead: closes.silent,
  };
}
