/** What a client of plain HTTP hears: one feed after the other as its channels change, without a gap. */

import { GONE } from "../base/disconnect.ts";
import { type EarOptions, FeedReader } from "./feed_reader.ts";
import type { FeedMessage, FeedNews } from "./feeds.ts";
import { closeOf, isAboutChannels } from "./http_refusal.ts";
import type { LinkClose } from "./reconnecting_socket.ts";
import { Overlap } from "./deduplicate.ts";
import { pauseFor } from "./pause.ts";
import { refusedChannels } from "./refused_channels.ts";

/** What it is told. */
export interface ChannelFeedOptions
  extends Omit<EarOptions, "channels" | "since"> {
  /** What is heard: of the channels, what is sent to the client and to all, or both. */
  readonly hears: "channels" | "directs" | "all";
  /** Where the client stands in its channels, now and for who comes next. */
  readonly memory: { since: string | undefined };
  /** Called with what is heard. */
  readonly onMessage: (message: FeedMessage) => void;
  /** Called when the feed has ended by itself. */
  readonly onEnd: (close: LinkClose) => void;
}

/** What was sent before the new feed began may still be on its way through the old one. */
const SETTLE_MS = 50;

const NONE: ReadonlySet<string> = new Set();

/** The feed of a client, with the channels that it is in at the moment. */
export class ChannelFeed {
  readonly #options: ChannelFeedOptions;
  readonly #over = new AbortController();
  #channels: ReadonlySet<string> = NONE;
  #current: FeedReader | undefined;
  /** The feed that is to follow. */
  #next: FeedReader | undefined;
  #overlap: Overlap | undefined;

  /** Makes one that hears nothing. */
  constructor(options: ChannelFeedOptions) {
    this.#options = options;
  }

  /** Begins without a channel; calls back once the server has let the client in. */
  async open(onOpen: () => void): Promise<void> {
    const follow = await this.#begin(new Set(), new Map());
    if (follow === undefined) return;
    onOpen();
    follow();
  }

  /**
   * Carries out joins and leaves, one call after the other: what a new feed hears
   * follows its answers. A channel that is refused is answered with the error,
   * and the others are heard.
   */
  async change(
    frames: readonly string[],
    answer: (frame: string) => void,
  ): Promise<void> {
    const { hears, memory } = this.#options;
    const wanted = new Set(this.#channels);
    for (const frame of frames) {
      const channel = frame.slice(2);
      if (frame.startsWith("+")) wanted.add(channel);
      else wanted.delete(channel);
    }
    const refused = new Map<string, string>();
    let follow: (() => void) | undefined;
    while (!isSame(wanted, this.#channels) && follow === undefined) {
      if (this.#over.signal.aborted) return;
      const isNothing = wanted.size === 0 && hears === "channels";
      if (isNothing) this.#rest();
      else follow = await this.#begin(wanted, refused);
    }
    // Who has left all and joins one of them again begins anew.
    if (wanted.size === 0) memory.since = undefined;
    for (const frame of frames) {
      const error = refused.get(frame.slice(2));
      answer(frame.startsWith("+") && error !== undefined ? error : frame);
    }
    for (const channel of refused.keys()) {
      // It was heard until now.
      if (!frames.includes(`+#${channel}`)) answer(`-#${channel}`);
    }
    follow?.();
  }

  /** Hears nothing more. */
  leave(): void {
    this.#over.abort();
    this.#current?.leave();
    this.#next?.leave();
  }

  /** Goes over to a feed of `wanted`; takes out what is refused, and has to be called again then. */
  async #begin(
    wanted: Set<string>,
    refused: Map<string, string>,
  ): Promise<(() => void) | undefined> {
    const { memory, clock, onEnd } = this.#options;
    const { signal } = this.#over;
    const channels = [...wanted];
    const since = channels.length > 0 ? memory.since : undefined;
    const ear = new FeedReader({ ...this.#options, channels, since });
    const overlap = new Overlap();
    [this.#next, this.#overlap] = [ear, overlap];
    const heard = await ear.next();
    if (heard.type === "open") {
      if (this.#current) await pauseFor(SETTLE_MS, { clock, signal });
      this.#current?.leave();
      [this.#current, this.#next, this.#overlap] = [ear, undefined, undefined];
      this.#channels = new Set(wanted);
      return () => this.#follow(ear, overlap);
    }
    this.#overlap = undefined;
    const isRefused = heard.type === "refused" && channels.length > 0;
    if (isRefused && isAboutChannels(heard.refusal)) {
      const { refusal } = heard;
      const found = await this.#search({ channels, refusal, signal });
      for (const [channel, frame] of found) {
        refused.set(channel, frame);
        wanted.delete(channel);
      }
    } else if (heard.type === "refused") onEnd(closeOf(heard.refusal));
    else if (heard.type === "end") onEnd(heard.close);
    return undefined;
  }

  async #search(
    together: Parameters<typeof refusedChannels>[1],
  ): Promise<ReadonlyMap<string, string>> {
    try {
      return await refusedChannels(this.#options, together);
    } catch (error) {
      const reason = String(error);
      this.#options.onEnd({ code: GONE.code, reason, wasClean: false });
      return new Map();
    }
  }

  async #follow(ear: FeedReader, overlap: Overlap): Promise<void> {
    const { onEnd } = this.#options;
    for (;;) {
      const heard = await ear.next();
      switch (heard.type) {
        case "news":
          this.#tell(heard, overlap);
          break;
        case "refused":
          // A channel may be closed meanwhile: who joins them anew learns which.
          return onEnd(
            isAboutChannels(heard.refusal)
              ? { ...closeOf(heard.refusal), code: GONE.code }
              : closeOf(heard.refusal),
          );
        case "end":
          return onEnd(heard.close);
        case "left":
          return;
      }
    }
  }

  #tell({ messages, cursor }: FeedNews, overlap: Overlap): void {
    const { hears, memory, onMessage } = this.#options;
    for (const message of messages) {
      const kind = message.channel === undefined ? "directs" : "channels";
      if (hears !== "all" && hears !== kind) continue;
      // Told before or not: the next feed may begin before it.
      this.#overlap?.note(message);
      if (!overlap.has(message)) onMessage(message);
    }
    // A feed without channels knows nothing of those that are still to be joined.
    if (this.#channels.size > 0) memory.since = cursor ?? memory.since;
  }

  #rest(): void {
    this.#current?.leave();
    this.#current = undefined;
    this.#channels = NONE;
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
