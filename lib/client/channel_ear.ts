/** What a client of plain HTTP hears of its channels: one feed of all of them, which changes without a gap. */

import { GONE } from "../disconnect.ts";
import { Ear, type EarOptions } from "./ear.ts";
import type { FeedMessage } from "./feeds.ts";
import { closeOf, isAboutChannels } from "./http_refusal.ts";
import type { LinkClose } from "./link.ts";
import { Overlap } from "./overlap.ts";
import { pauseFor } from "./pause.ts";
import { refusedChannels } from "./refused_channels.ts";

/** What it is told. */
export interface ChannelEarOptions
  extends Omit<EarOptions, "channels" | "since"> {
  /** Where the client stands, now and for who comes next. */
  readonly memory: { since: string | undefined };
  /** Called with a publication. */
  readonly onMessage: (message: FeedMessage) => void;
  /** Called when the feed has ended by itself. */
  readonly onEnd: (close: LinkClose) => void;
}

/** What was sent before the new feed began may still be on its way through the old one. */
const SETTLE_MS = 50;

const NONE: ReadonlySet<string> = new Set();

/** The feed of the channels that a client is in at the moment. */
export class ChannelEar {
  readonly #options: ChannelEarOptions;
  readonly #over = new AbortController();
  #channels: ReadonlySet<string> = NONE;
  #current: Ear | undefined;
  /** The feed that is to follow. */
  #next: Ear | undefined;
  #overlap: Overlap | undefined;

  /** Makes one that hears nothing. */
  constructor(options: ChannelEarOptions) {
    this.#options = options;
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
      if (wanted.size === 0) this.#forget();
      else follow = await this.#begin(wanted, refused);
    }
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
    const { since } = memory;
    const ear = new Ear({ ...this.#options, channels, since });
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
    if (heard.type === "refused" && isAboutChannels(heard.refusal)) {
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

  async #follow(ear: Ear, overlap: Overlap): Promise<void> {
    const { memory, onMessage, onEnd } = this.#options;
    for (;;) {
      const heard = await ear.next();
      switch (heard.type) {
        case "news":
          for (const message of heard.messages) {
            if (message.channel === undefined) continue;
            // Told before or not: the next feed may begin before it.
            this.#overlap?.note(message);
            if (!overlap.has(message)) onMessage(message);
          }
          memory.since = heard.cursor ?? memory.since;
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

  #forget(): void {
    this.#current?.leave();
    this.#current = undefined;
    this.#channels = NONE;
    this.#options.memory.since = undefined;
  }
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
