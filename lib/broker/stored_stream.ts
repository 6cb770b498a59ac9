/** Stream of a channel in a store: what its history and a recovery are, by the parts that are read. */

import type { Publication, StreamPosition } from "../base/publication.ts";
import { judgeRecovery, type Recovery } from "../base/recovery.ts";
import {
  DEFAULT_CAP,
  type HistoryQuery,
  type HistoryResult,
  type RecoverQuery,
} from "./types.ts";

/** Range of publications to read. */
export interface StreamRange {
  /** Maximum number of publications. */
  readonly count: number;
  /** Newest first. */
  readonly reverse: boolean;
  /** Offset before the first one; without it the range begins at the end of the stream. */
  readonly bound: number | undefined;
}

/** A part of a stream, with its top and its past. */
export interface StreamPart {
  /** The top of the stream. */
  readonly position: StreamPosition;
  /** Earlier epochs of the stream, each with the offset that survived its end. */
  readonly earlier: ReadonlyMap<string, number>;
  readonly publications: readonly Publication[];
}

/** Reads a part of a stream. */
type ReadPart = (range: StreamRange) => Promise<StreamPart>;

/** Reads a part of a history, exactly as `Stream` does in memory. */
export async function historyOf(
  read: ReadPart,
  { since, limit, reverse = false, cap = DEFAULT_CAP }: HistoryQuery,
): Promise<HistoryResult> {
  const count = limit < 0 ? cap : Math.min(limit, cap);
  const part = await read({ count, reverse, bound: since?.offset });
  const { position, publications } = part;
  const { epoch } = since === undefined ? position : survivor(since, part);
  return epoch === "" || epoch === position.epoch
    ? { type: "history", position, publications }
    : { type: "unrecoverable", position };
}

/** Finds the publications that a client missed, exactly as `Stream` does in memory. */
export async function recoveryOf(
  read: ReadPart,
  { since, mode, cap = DEFAULT_CAP }: RecoverQuery,
): Promise<Recovery<Publication>> {
  const part = await read(
    mode === "stream"
      ? { count: cap, reverse: false, bound: since.offset }
      : { count: 1, reverse: true, bound: undefined },
  );
  const absence = { since: survivor(since, part), top: part.position, mode };
  return judgeRecovery(part.publications, absence);
}

/** Writes a position of an earlier epoch as one of the epoch at the top, if the store still has all up to it. */
function survivor(
  since: StreamPosition,
  { position, earlier }: StreamPart,
): StreamPosition {
  const survived = earlier.get(since.epoch) ?? -1;
  return since.offset <= survived
    ? { offset: since.offset, epoch: position.epoch }
    : since;
}
