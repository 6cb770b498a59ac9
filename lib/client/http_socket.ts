/** A replacement for `WebSocket` over plain HTTP: frames arrive by feeds, and are sent by `POST /send`. */

import { type Clock, systemClock } from "../base/clock.ts";
import { disconnects, GONE } from "../base/disconnect.ts";
import { namesOf, requireKnown, shown } from "../base/options.ts";
import { type Random, systemRandom } from "../base/random.ts";
import {
  ChannelFeed,
  type ChannelFeedOptions,
  type ResumePoint,
} from "./channel_feed.ts";
import type { FeedReaderOptions } from "./feed_reader.ts";
import { type Feed, type FeedMessage, pollFeed, streamFeed } from "./feeds.ts";
import type {
  SocketClose,
  WebSocketConstructor,
} from "./reconnecting_socket.ts";
import { SendQueue } from "./send_queue.ts";
import { TokenKeeper, type TokenOptions } from "./token_keeper.ts";

/** The transport of the frames that arrive: an event stream, or polls. */
export type HttpTransport = "sse" | "poll";

/** Options of {@linkcode httpSocket}. */
export interface HttpSocketOptions extends TokenOptions {
  /**
   * Milliseconds without a byte, even of a comment, after which the connection
   * counts as dead. An event stream has a comment every 15 s, and polls last two
   * thirds of this. @default {37_500}
   */
  readonly silenceMs?: number;
  /** Makes the requests. @default {globalThis.fetch} */
  readonly fetch?: typeof fetch;
  /** Source of the time. @default {systemClock} */
  readonly clock?: Clock;
  /** Source of the jitter. @default {systemRandom} */
  readonly random?: Pick<Random, "number">;
}

const HTTP_OPTIONS = namesOf<HttpSocketOptions>({
  token: true,
  onTokenError: true,
  silenceMs: true,
  fetch: true,
  clock: true,
  random: true,
});

const FEEDS: Readonly<Record<HttpTransport, Feed>> = {
  sse: streamFeed,
  poll: pollFeed,
};

/** The end of a connection on which no byte arrived in time. */
const SILENCE: SocketClose = {
  code: 3012,
  reason: "nothing was received",
  wasClean: false,
};

/** Waits after a source of tokens has failed, in milliseconds. */
const TOKEN_DELAYS = { minDelayMs: 500, maxDelayMs: 20_000 };

/** Close code of a client that does not come back. */
const NORMAL = 1000;

/**
 * Makes a constructor that replaces `WebSocket` at the URL of a text protocol's
 * server, such as `ws://localhost:8000/ws`: it takes and delivers the same frames.
 * Over event streams it has one for direct messages and broadcasts, which no join
 * interrupts, and one for its channels, if there are any. Over polls it misses
 * direct messages that are sent between two polls. A token is sent as a header of
 * every request: that of the client, or one that is given here.
 *
 * ```ts
 * import { httpSocket, TextClient } from "@thrum/thrum/client";
 *
 * const client = new TextClient("wss://example.org/ws", {
 *   WebSocket: httpSocket("sse"),
 * });
 * ```
 *
 * @throws {TypeError} If there is no such transport, or no such option.
 */
export function httpSocket(
  transport: HttpTransport,
  options: HttpSocketOptions = {},
): WebSocketConstructor {
  if (!Object.hasOwn(FEEDS, transport)) {
    throw new TypeError(
      `Cannot connect by the transport ${shown(transport)}: expected one of ${
        Object.keys(FEEDS).join(", ")
      }`,
    );
  }
  requireKnown("connect over HTTP", options, HTTP_OPTIONS);
  const { clock = systemClock, random = systemRandom } = options;
  const resumePoint: ResumePoint = { since: undefined };
  const tokens = new TokenKeeper({ clock, random, ...TOKEN_DELAYS });
  tokens.use(options);
  const feed = FEEDS[transport];
  const settings = { ...options, clock, random, feed, resumePoint, tokens };
  return class extends HttpSocket {
    static authenticate(given: TokenOptions): void {
      tokens.use(given);
    }

    constructor(url: string) {
      super(url, settings);
    }
  };
}

interface HttpSocketSettings extends HttpSocketOptions {
  readonly clock: Clock;
  readonly random: Pick<Random, "number">;
  readonly feed: Feed;
  readonly resumePoint: ResumePoint;
  readonly tokens: TokenKeeper;
}

class HttpSocket extends EventTarget {
  binaryType: BinaryType = "arraybuffer";
  readyState: 0 | 1 | 2 | 3 = 0;
  /** Messages that have certainly not arrived, once the socket is closed. */
  undelivered: readonly string[] = [];
  readonly #resumePoint: ResumePoint;
  readonly #tokens: TokenKeeper;
  readonly #showSender: boolean;
  readonly #directs: ChannelFeed;
  /** The same feed as `#directs` over polls. */
  readonly #channels: ChannelFeed;
  readonly #queue: SendQueue;

  constructor(url: string, options: HttpSocketSettings) {
    super();
    const { feed, resumePoint, tokens } = options;
    this.#resumePoint = resumePoint;
    this.#tokens = tokens;
    this.#showSender = new URL(url).searchParams.get("from") === "1";
    const readerOptions = readerOptionsOf(url, options);
    const newFeed = (accepts: ChannelFeedOptions["accepts"]) =>
      new ChannelFeed({
        ...readerOptions,
        accepts,
        resumePoint,
        onMessage: (message) => this.#receive(message),
        onEnd: (close) => this.#end(close),
      });
    // Two streams are exact. Of two polls, one would take messages that the other then misses.
    const isOne = feed === pollFeed;
    this.#directs = newFeed(isOne ? "all" : "directs");
    this.#channels = isOne ? this.#directs : newFeed("channels");
    this.#queue = new SendQueue({
      server: readerOptions,
      answerMs: readerOptions.silenceMs,
      onChanges: (frames) =>
        this.#channels.change(frames, (frame) => this.#dispatch(frame)),
      onAnswer: (frame) => this.#dispatch(frame),
      onLost: (close) => this.#end(close),
    });
    this.#open();
  }

  get bufferedAmount(): number {
    return this.#queue.length;
  }

  send(frame: string): void {
    // The token is in the headers, and the server asks for no pongs.
    if (frame.startsWith("auth:") || frame === "pong" || frame === "") return;
    this.#queue.push(frame);
  }

  close(code: number = NORMAL, reason = ""): void {
    this.#end({ code, reason, wasClean: true });
  }

  async #open(): Promise<void> {
    try {
      await this.#tokens.ask();
    } catch (error) {
      const reason = String(error);
      return this.#end({ code: GONE.code, reason, wasClean: false });
    }
    if (this.readyState === 0) await this.#directs.open(() => this.#opened());
  }

  #opened(): void {
    this.readyState = 1;
    this.#tokens.accepted(() => this.#renew());
    this.dispatchEvent(new Event("open"));
    // A client that joins nothing at once has left its channels, and does not recover them later.
    if (!this.#queue.hasChanges) this.#resumePoint.since = undefined;
  }

  #renew(): void {
    const feeds = new Set([this.#directs, this.#channels]);
    for (const feed of feeds) feed.renew((frame) => this.#dispatch(frame));
  }

  #receive({ channel, data, info }: FeedMessage): void {
    const text = typeof data === "string" ? data : JSON.stringify(data);
    if (channel !== undefined) this.#dispatch(`#${channel}:${text}`);
    else if (!this.#showSender) this.#dispatch(text);
    else this.#dispatch(`${info?.user ?? ""}>${text}`);
  }

  #dispatch(data: string): void {
    if (this.readyState !== 1) return;
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  #end(close: SocketClose): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#tokens.stop();
    this.#directs.cancel();
    this.#channels.cancel();
    // Like a WebSocket, it still sends what was queued before a normal close.
    if (close.code === NORMAL) this.#queue.dropChanges();
    else this.undelivered = this.#queue.stop();
    const isRefused = close.code === disconnects.invalidToken.code;
    const code = isRefused && this.#tokens.refused()
      ? disconnects.expired.code
      : close.code;
    // Node 20 and 22 have no `CloseEvent`.
    const event = new Event("close");
    this.dispatchEvent(Object.assign(event, { ...close, code }));
  }
}

function readerOptionsOf(
  url: string,
  options: HttpSocketSettings,
): Omit<FeedReaderOptions, "channels" | "since"> {
  const { feed, tokens, silenceMs = 37_500, clock, random } = options;
  const server = new URL(url);
  server.protocol = server.protocol.replace("ws", "http");
  server.searchParams.delete("from");
  return {
    feed,
    url: server,
    headers: () => headersOf(tokens.token),
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    clock,
    random,
    silenceMs,
    silenceClose: SILENCE,
  };
}

function headersOf(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}
