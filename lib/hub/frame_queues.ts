/** Queues of one connection: frames that arrived too early, and replies that share a frame. */

import { lengthOf } from "../base/publication.ts";
import { FeedFrame } from "../protocol/events.ts";
import type { Frame, Outgoing, Protocol } from "../protocol/types.ts";

/** Entries that were taken out of a queue before its array is shortened. */
const MAX_TAKEN = 64;

/** First in, first out, in constant time on average. */
export class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  #head = 0;

  /** Number of items. */
  get length(): number {
    return this.#items.length - this.#head;
  }

  /** Adds an item. */
  push(item: Item): void {
    this.#items.push(item);
  }

  /** The oldest item, if there is one. */
  peek(): Item | undefined {
    return this.#items[this.#head];
  }

  /** Takes out the oldest item, if there is one. */
  shift(): Item | undefined {
    const item = this.#items[this.#head];
    if (this.length === 0) return undefined;
    this.#items[this.#head++] = undefined;
    if (this.#head > MAX_TAKEN && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Removes the items that do not match. */
  retain(matches: (item: Item) => boolean): void {
    this.#items = this.#items.filter((item) =>
      item !== undefined && matches(item)
    );
    this.#head = 0;
  }

  /** Removes all items. */
  clear(): void {
    this.#items = [];
    this.#head = 0;
  }
}

/** Cost of a frame at least, so that empty ones are bounded too. */
const MIN_FRAME_BYTES = 64;

/** Received frames that wait for the command before them, oldest first, up to a bound. */
export class HeldFrames {
  readonly #frames = new Fifo<Frame>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** Makes a queue for at most `maxBytes`. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a frame, also where there is no room: see {@linkcode exceeds}. */
  push(frame: Frame): void {
    this.#bytes += costOf(frame);
    this.#frames.push(frame);
  }

  /** Number of frames. */
  get count(): number {
    return this.#frames.length;
  }

  /** Checks whether they are so many times what there is room for. */
  exceeds(share: number): boolean {
    return this.#bytes > this.#maxBytes * share;
  }

  /** True if no more than half of the room is left. */
  get crowded(): boolean {
    return this.#bytes * 2 > this.#maxBytes;
  }

  /** Takes out the oldest frame, if there is one. */
  shift(): Frame | undefined {
    const frame = this.#frames.shift();
    if (frame !== undefined) this.#bytes -= costOf(frame);
    return frame;
  }
}

/** Share of a client's unsent bytes that replies may take: publications need room too. */
const REPLY_SHARE = 0.5;

/** Replies to the commands of one frame: they share a frame where the protocol can, up to a bound. */
export class Replies {
  /** Unsent bytes above which no more should be added. */
  readonly maxBytes: number;
  /** Undefined while none waits, which is almost always. */
  #frames: Outgoing[] | undefined;
  #bytes = 0;

  /** Makes a queue for a client that may have `maxBufferedBytes` unsent bytes. */
  constructor(maxBufferedBytes: number) {
    this.maxBytes = maxBufferedBytes * REPLY_SHARE;
  }

  /** Number of replies that wait. */
  get count(): number {
    return this.#frames === undefined ? 0 : this.#frames.length;
  }

  /** True if they should wait no longer. */
  get full(): boolean {
    return this.#bytes >= this.maxBytes;
  }

  /** Adds a reply. */
  push(frame: Outgoing): void {
    (this.#frames ??= []).push(frame);
    this.#bytes += sizeOf(frame);
  }

  /** Takes out all of them, as one frame where they can share one. */
  take({ join }: Protocol<Outgoing>): readonly Outgoing[] {
    const frames = this.#frames ?? [];
    this.#frames = undefined;
    this.#bytes = 0;
    return join === undefined ? frames : [join(frames)];
  }
}

/** Bytes that count for a frame that waits. */
export function costOf(frame: Outgoing): number {
  return MIN_FRAME_BYTES + sizeOf(frame);
}

/** Size of a frame in bytes, about; 0 for a reply that is an object. */
export function sizeOf(frame: Outgoing): number {
  if (typeof frame === "string" || frame instanceof ArrayBuffer) {
    return lengthOf(frame);
  }
  return frame instanceof FeedFrame ? frame.size : 0;
}
