/** Answers to the commands of one frame: they share frames where the protocol can, up to a bound. */

import type { ConnectionOwner } from "./connection_owner.ts";
import type { Outgoing, Protocol } from "../protocol/types.ts";

/** Of what may wait for a client, the share of its answers: what others say has to find room too. */
const SHARE = 0.5;

/** Answers that wait for more of their kind. */
export class Replies {
  /** Unsent bytes, about, above which no more should be added. */
  readonly maxBytes: number;
  #frames: Outgoing[] = [];
  #bytes = 0;

  /** Takes how many unsent bytes a client may have. */
  constructor(maxBufferedBytes: number) {
    this.maxBytes = maxBufferedBytes * SHARE;
  }

  /** How many wait. */
  get count(): number {
    return this.#frames.length;
  }

  /** Whether they should wait no more. */
  get full(): boolean {
    return this.#bytes >= this.maxBytes;
  }

  /** Takes one more. */
  push(frame: Outgoing): void {
    this.#frames.push(frame);
    if (typeof frame === "string") this.#bytes += frame.length;
    // A transport that takes objects counts its bytes itself.
    else if (frame instanceof ArrayBuffer) this.#bytes += frame.byteLength;
  }

  /** Takes out all of them, as one frame where they can share one. */
  take({ join }: Protocol<Outgoing>): readonly Outgoing[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    return join === undefined ? frames : [join(frames)];
  }
}

/** How long a client that has much to read is left alone at first, and at the most, in milliseconds. */
const FIRST_PAUSE_MS = 10;
const MAX_PAUSE_MS = 500;

/** Resolves once a client has read enough; one that does not read at all is looked at ever less often. */
export async function awaitRoom(
  isCrowded: () => boolean,
  { after }: Pick<ConnectionOwner, "after">,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (isCrowded()) {
    await new Promise<void>((resolve) => after(pauseMs, resolve));
    pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
  }
}
