/** Publications one after another, as a broker would deliver them. */

import type { Publication } from "../../lib/base/publication.ts";

/** The publications of the channel `news` with these offsets; the payload of each is its offset. */
export function streamOf(
  offsets: readonly number[],
  epoch = "e",
): Publication[] {
  return offsets.map((offset) => ({
    type: "publication",
    channel: "news",
    payload: { json: String(offset) },
    info: undefined,
    offset,
    epoch,
  }));
}

/** Numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
