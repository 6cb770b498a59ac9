/** Bytes of all histories of a node, and the choice of those that are dropped when there are too many. */

import { lengthOf, type Publication } from "../../base/publication.ts";
import type { Stream, StreamSize } from "../stream.ts";

/** Bytes of a publication besides its payload, about. */
const OVERHEAD_BYTES = 256;
const DEFAULT_MAX_BYTES = 268_435_456;
/** Share of the bound that is left after an eviction: it looks at every channel, and must be seldom. */
const KEPT_SHARE = 0.9;

/** Sum over all streams, up to a bound. */
export class HistoryBytes implements StreamSize<Publication> {
  /** Bytes of all histories: lengths of the payloads, and 256 for each publication. */
  total = 0;
  /** Histories that were shortened. */
  evictions = 0;
  readonly #maxBytes: number;

  /** Begins with none. */
  constructor(maxBytes: number = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** True if histories have to be dropped. */
  get isExceeded(): boolean {
    return this.total > this.#maxBytes;
  }

  of({ payload }: Publication): number {
    return OVERHEAD_BYTES + lengthOf(payload);
  }

  add(bytes: number): void {
    this.total += bytes;
  }

  /** Drops the histories that were not used for the longest time; of the last of them, the oldest publications. */
  evict(
    states: Iterable<{ readonly stream: Stream<Publication> }>,
  ): void {
    const kept = [...states].map(({ stream }) => stream)
      .filter(({ bytes }) => bytes > 0)
      .sort((one, other) => one.usedAtMs - other.usedAtMs);
    const most = this.#maxBytes * KEPT_SHARE;
    for (const stream of kept) {
      if (this.total <= most) return;
      stream.shed(this.total - most);
      this.evictions++;
    }
  }
}
