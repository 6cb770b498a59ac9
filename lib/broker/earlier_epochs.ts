/** Earlier epochs of a stream, whose surviving positions stay valid. */

import type { StreamPosition } from "../base/publication.ts";

/** The top of a stream, and its past. */
export interface StreamPast {
  /** The top of the stream. */
  readonly position: StreamPosition;
  /** Earlier epochs of the stream, each with the offset that survived its end. */
  readonly earlier: ReadonlyMap<string, number>;
}

/** Writes a position of an earlier epoch as one of the epoch at the top, if the store still has all up to it. */
export function survivor(
  since: StreamPosition,
  { position, earlier }: StreamPast,
): StreamPosition {
  const survived = earlier.get(since.epoch) ?? -1;
  return since.offset <= survived
    ? { offset: since.offset, epoch: position.epoch }
    : since;
}
