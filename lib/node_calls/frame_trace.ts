/** Trace: the newest frames of a connection or events of a channel, as many as may be shown until they are taken. */

import { type Publication, toText } from "../base/publication.ts";
import { sizeOf } from "../hub/frame_queues.ts";
import type { Outgoing } from "../protocol/types.ts";
import type { TraceAnswer, TracedFrame } from "./inspection_call.ts";
import { maskBytes, maskText } from "./mask_secrets.ts";

/** Frames that are listed between two answers; the others are counted. */
const MAX_FRAMES = 100;
/** Characters or bytes of a payload that are shown, and of all payloads of an answer. */
const MAX_SHOWN = 1_024;
const MAX_SHOWN_IN_ALL = 32_768;

/** Answer without frames. */
export const NO_FRAMES: TraceAnswer = {
  frames: [],
  skipped: 0,
  in: { frames: 0, bytes: 0 },
  out: { frames: 0, bytes: 0 },
};

/** Way of a frame: from the client, or to it. */
type Direction = TracedFrame["direction"];

/** Source of the time of frames. */
interface WallClock {
  /** Milliseconds since 1970. */
  readonly wallTime: number;
}

/** Gathers frames within bounds, whatever their rate. */
export class FrameTrace {
  readonly #clock: WallClock;
  readonly #hasPayloads: boolean;
  #frames: TracedFrame[] = [];
  #shown = 0;
  #skipped = 0;
  #in = { frames: 0, bytes: 0 };
  #out = { frames: 0, bytes: 0 };

  /** Shows payloads only if `payloads` is true. */
  constructor(clock: WallClock, { payloads }: { readonly payloads: boolean }) {
    this.#clock = clock;
    this.#hasPayloads = payloads;
  }

  /** Adds a frame of a connection. */
  add(direction: Direction, frame: Outgoing): void {
    const bytes = sizeOf(frame);
    if (!this.#count(direction, bytes)) return;
    const { wallTime: at } = this.#clock;
    this.#frames.push({ at, direction, bytes, ...this.#show(frame) });
  }

  /** Adds an event of a channel. */
  addEvent({ type, offset, info, payload }: Publication): void {
    const content = toText(payload);
    const bytes = sizeOf(content);
    if (!this.#count("out", bytes)) return;
    const { wallTime: at } = this.#clock;
    this.#frames.push({
      ...{ at, direction: "out", type, bytes },
      ...offset > 0 ? { offset } : {},
      ...info === undefined ? {} : { client: info.client, user: info.user },
      ...type === "publication" ? this.#show(content) : {},
    });
  }

  /** Takes what was gathered; the next answer has what comes from now on. */
  take(): TraceAnswer {
    const answer = {
      frames: this.#frames,
      skipped: this.#skipped,
      in: this.#in,
      out: this.#out,
    };
    this.#frames = [];
    this.#shown = 0;
    this.#skipped = 0;
    this.#in = { frames: 0, bytes: 0 };
    this.#out = { frames: 0, bytes: 0 };
    return answer;
  }

  /** Counts a frame; `true` if there is room to list it. */
  #count(direction: Direction, bytes: number): boolean {
    const counts = direction === "in" ? this.#in : this.#out;
    counts.frames++;
    counts.bytes += bytes;
    if (this.#frames.length < MAX_FRAMES) return true;
    this.#skipped++;
    return false;
  }

  #show(frame: Outgoing): Pick<TracedFrame, "text" | "base64"> {
    if (!this.#hasPayloads || this.#shown >= MAX_SHOWN_IN_ALL) return {};
    if (frame instanceof ArrayBuffer) {
      const bytes = new Uint8Array(frame.slice(0, MAX_SHOWN));
      const base64 = btoa(maskBytes(bytes));
      this.#shown += base64.length;
      return { base64 };
    }
    const text = maskText(textOf(frame).slice(0, MAX_SHOWN));
    this.#shown += text.length;
    return { text };
  }
}

function textOf(frame: Exclude<Outgoing, ArrayBuffer>): string {
  return typeof frame === "string" ? frame : JSON.stringify(frame);
}
