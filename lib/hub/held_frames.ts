/** Frames of one client that wait for the command before them, up to a bound. */

import type { Frame } from "../protocol/types.ts";

/** What a frame counts at least, so that empty ones are bounded too. */
const MIN_FRAME_BYTES = 64;

/** What a client has sent too early, oldest first. */
export class HeldFrames {
  readonly #frames: Frame[] = [];
  readonly #maxBytes: number;
  #bytes = 0;

  /** Takes how many bytes may wait at a time. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Holds a frame back; `false` if more waits than may. */
  push(frame: Frame): boolean {
    this.#bytes += costOf(frame);
    this.#frames.push(frame);
    return this.#bytes <= this.#maxBytes;
  }

  /** Takes out the oldest frame, if there is one. */
  shift(): Frame | undefined {
    const frame = this.#frames.shift();
    if (frame !== undefined) this.#bytes -= costOf(frame);
    return frame;
  }
}

function costOf(frame: Frame): number {
  return MIN_FRAME_BYTES +
    (typeof frame === "string" ? frame.length : frame.byteLength);
}
