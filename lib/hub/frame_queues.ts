/** Queues of one connection: frames that arrived too early, and replies that share a frame. */

import { lengthOf } from "../base/publication.ts";
import type { Frame, Outgoing, Protocol } from "../protocol/types.ts";

/** Cost of a frame at least, so that empty ones are bounded too. */
const MIN_FRAME_BYTES = 64;

/** Frames that were taken out, from which on the queue closes up. */
const MIN_GAP = 64;

/** Received frames that wait for the command before them, oldest first, up to a bound. */
export class HeldFrames {
  readonly #frames: (Frame | undefined)[] = [];
  /** Index of the oldest: to move all the others for each would take longer the more there are. */
  #first = 0;
  readonly #maxBytes: number;
  #bytes = 0;

  /** Makes a queue for at most `maxBytes`. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds a frame; `false` if the queue holds more than its bound. */
  push(frame: Frame): boolean {
    this.#bytes += costOf(frame);
    this.#frames.push(frame);
    return this.#bytes <= this.#maxBytes;
  }

  /** Number of frames. */
  get count(): number {
    return this.#frames.length - this.#first;
  }

  /** Takes out the oldest frame, if there is one. */
  shift(): Frame | undefined {
    const frame = this.#frames[this.#first];
    if (frame === undefined) return undefined;
    this.#frames[this.#first++] = undefined;
    this.#bytes -= costOf(frame);
    if (this.#first * 2 > this.#frames.length + MIN_GAP) {
      this.#frames.splice(0, this.#first);
      this.#first = 0;
    }
    return frame;
  }
}

/** Share of a client's unsent bytes that replies may take: publications need room too. */
const REPLY_SHARE = 0.5;

/** Replies to the commands of one frame: they share a frame where the protocol can, up to a bound. */
export class Replies {
  /** Unsent bytes above which no more should be added. */
  readonly maxBytes: number;
  #frames: Outgoing[] = [];
  #bytes = 0;

  /** Makes a queue for a client that may have `maxBufferedBytes` unsent bytes. */
  constructor(maxBufferedBytes: number) {
    this.maxBytes = maxBufferedBytes * REPLY_SHARE;
  }

  /** Number of replies that wait. */
  get count(): number {
    return this.#frames.length;
  }

  /** True if they should wait no longer. */
  get full(): boolean {
    return this.#bytes >= this.maxBytes;
  }

  /** Adds a reply. */
  push(frame: Outgoing): void {
    this.#frames.push(frame);
    this.#bytes += sizeOf(frame);
  }

  /** Takes out all of them, as one frame where they can share one. */
  take({ join }: Protocol<Outgoing>): readonly Outgoing[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    return join === undefined ? frames : [join(frames)];
  }
}

function costOf(frame: Frame): number {
  return MIN_FRAME_BYTES + lengthOf(frame);
}

/** About the size of a frame in bytes; a transport that takes objects counts by itself. */
function sizeOf(frame: Outgoing): number {
  return typeof frame === "string" || frame instanceof ArrayBuffer
    ? lengthOf(frame)
    : 0;
}
