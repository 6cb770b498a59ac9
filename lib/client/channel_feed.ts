/** The messages of a changing set of channels over plain HTTP: one feed replaces the other, without a gap. */

import { GONE } from "../base/disconnect.ts";
import { Deduplicator } from "./deduplicate.ts";
import { delay } from "./delay.ts";
import { FeedReader, type FeedReaderOptions } from "./feed_reader.ts";
import type { FeedMessage, FeedMessages } from "./feeds.ts";
import { closeOf, isAboutChannels, isSafeToRetry } from "./http_refusal.ts";
import type { SocketClose } from "./reconnecting_socket.ts";
import { findRefusedChannels } from "./refused_channels.ts";

/** Cursor of a client in its channels; a later socket of the same client resumes there. */
export interface ResumePoint {
  since: string | undefined;
}

/** Options of {@linkcode ChannelFeed}. */
export interface ChannelFeedOptions
  extends Omit<FeedReaderOptions, "channels" | "since"> {
  /** Messages that are passed on: publications, direct messages and broadcasts, or both. */
  readonly accepts: "channels" | "directs" | "all";
  /** Updated with every message. */
  readonly resumePoint: ResumePoint;
  /** Called with every message. */
  readonly onMessage: (message: FeedMessage) => void;
  /** Called when the server or the network has ended the feed. */
  readonly onEnd: (close: SocketClose) => void;
}

/** Milliseconds for which messages may still arrive on the old feed that were sent before the new one began. */
const SETTLE_MS = 50;

const NONE: ReadonlySet<string> = new Set();

/** The feed of one client. */
export class ChannelFeed {
  readonly #options: ChannelFeedOptions;
  readonly #abort = new AbortController();
  #channels: ReadonlySet<string> = NONE;
  #current: FeedReader | undefined;
  /** The feed that is to replace the current one. */
  #next: FeedReader | undefined;
  #deduplicator: Deduplicator | undefined;
  /** Settles once no feed is being replaced. */
  #turn: Promise<void> = Promise.resolve();

  /** Makes one that reads nothing yet. */
  constructor(options: ChannelFeedOptions) {
    this.#options = options;
  }

  /** Begins without a channel; calls back once the server has admitted the client. */
  async open(onOpen: () => void): Promise<void> {
    const follow = await this.#begin(new Set());
    if (follow === undefined) return;
    onOpen();
    follow();
  }

  /**
   * Carries out the frames that join and leave channels; the messages of the new
   * feed follow the answers. A channel that is refused is answered with its error,
   * and the others are joined.
   */
  change(
    frames: readonly string[],
    answer: (frame: string) => void,
  ): Promise<void> {
    return this.#turn = this.#turn.then(() => this.#change(frames, answer));
  }

  /** Replaces the feed by the same one with the newest token; it stays where the server is busy. */
  renew(answer: (frame: string) => void): Promise<void> {
    return this.#turn = this.#turn.then(() => this.#change([], answer, true));
  }

  async #change(
    frames: readonly string[],
    answer: (frame: string) => void,
    isRenewal = false,
  ): Promise<void> {
    const { accepts, resumePoint } = this.#options;
    if (isRenewal && this.#current === undefined) return;
    const wanted = new Set(this.#channels);
    for (const frame of frames) {
      const channel = frame.slice(2);
      if (frame.startsWith("+")) wanted.add(channel);
      else wanted.delete(channel);
    }
    const refused = new Map<string, string>();
    let follow: (() => void) | undefined;
    while (follow === undefined) {
      if (isSame(wanted, this.#channels) && !isRenewal) break;
      if (this.#abort.signal.aborted) return;
      const isNothing = wanted.size === 0 && accepts === "channels";
      const known = refused.size;
      if (isNothing) {
        this.#stop();
        break;
      }
      follow = await this.#begin(wanted, { refused, isRenewal });
      if (isRenewal && follow === undefined && refused.size === known) return;
    }
    // A client that leaves all channels and joins one again does not recover.
    if (wanted.size === 0 && accepts !== "directs") {
      resumePoint.since = undefined;
    }
    for (const frame of frames) {
      const error = refused.get(frame.slice(2));
      answer(frame.startsWith("+") && error !== undefined ? error : frame);
    }
    for (const channel of refused.keys()) {
      // It was joined until now.
      if (!frames.includes(`+#${channel}`)) answer(`-#${channel}`);
    }
    follow?.();
  }

  /** Reads no more. */
  cancel(): void {
    this.#abort.abort();
    this.#current?.cancel();
    this.#next?.cancel();
  }

  /**
   * Replaces the current feed by one of `wanted`, and returns the function that
   * follows it. Returns `undefined` when the server refused: the refused channels
   * are then moved from `wanted` to `refused`, for the next call. A renewal that fails
   * for the moment is given up.
   */
  async #begin(
    wanted: Set<string>,
    { refused = new Map<string, string>(), isRenewal = false } = {},
  ): Promise<(() => void) | undefined> {
    const { resumePoint, clock, onEnd } = this.#options;
    const { signal } = this.#abort;
    const channels = [...wanted];
    const since = channels.length > 0 ? resumePoint.since : undefined;
    const reader = new FeedReader({ ...this.#options, channels, since });
    const deduplicator = new Deduplicator();
    [this.#next, this.#deduplicator] = [reader, deduplicator];
    const event = await reader.next();
    if (event.type === "open") {
      if (this.#current) await delay(SETTLE_MS, { clock, signal });
      this.#current?.cancel();
      this.#current = reader;
      this.#next = this.#deduplicator = undefined;
      this.#channels = new Set(wanted);
      return () => this.#follow(reader, deduplicator);
    }
    this.#deduplicator = undefined;
    const isRefused = event.type === "refused" && channels.length > 0;
    if (isRefused && isAboutChannels(event.refusal)) {
      const { refusal } = event;
      const found = await this.#search({ channels, refusal, signal });
      for (const [channel, frame] of found) {
        refused.set(channel, frame);
        wanted.delete(channel);
      }
    } else if (event.type === "refused") {
      const isKept = isRenewal && isSafeToRetry(event.refusal);
      if (!isKept) onEnd(closeOf(event.refusal));
    } else if (event.type === "end" && !isRenewal) onEnd(event.close);
    return undefined;
  }

  async #search(
    request: Parameters<typeof findRefusedChannels>[1],
  ): Promise<ReadonlyMap<string, string>> {
    try {
      return await findRefusedChannels(this.#options, request);
    } catch (error) {
      const reason = String(error);
      this.#options.onEnd({ code: GONE.code, reason, wasClean: false });
      return new Map();
    }
  }

  async #follow(reader: FeedReader, deduplicator: Deduplicator): Promise<void> {
    const { onEnd } = this.#options;
    for (;;) {
      const event = await reader.next();
      switch (event.type) {
        case "open":
          break;
        case "messages":
          this.#deliver(event, deduplicator);
          break;
        case "refused":
          // A channel was closed meanwhile: joining all of them again shows which.
          return onEnd(
            isAboutChannels(event.refusal)
              ? { ...closeOf(event.refusal), code: GONE.code }
              : closeOf(event.refusal),
          );
        case "end":
          return onEnd(event.close);
        case "cancelled":
          return;
      }
    }
  }

  #deliver(
    { messages, cursor }: FeedMessages,
    deduplicator: Deduplicator,
  ): void {
    const { accepts, resumePoint, onMessage } = this.#options;
    for (const message of messages) {
      const kind = message.channel === undefined ? "directs" : "channels";
      if (accepts !== "all" && accepts !== kind) continue;
      // Added even if it is a duplicate here: the next feed may begin before it.
      this.#deduplicator?.add(message);
      if (!deduplicator.isDuplicate(message)) onMessage(message);
    }
    // The cursor of a feed without channels does not cover those that are joined later.
    if (this.#channels.size > 0) {
      resumePoint.since = cursor ?? resumePoint.since;
    }
  }

  #stop(): void {
    this.#current?.cancel();
    this.#current = undefined;
    this.#channels = NONE;
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
