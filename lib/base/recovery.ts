/** Recovery: checks that a client has every publication after an absence, while it subscribes, and with each delivery. */

import { type Place, previousOf, type StreamPosition } from "./publication.ts";

/** Result of a recovery. */
export interface Recovery<P> {
  /** True if the client has everything once it has received the publications. */
  readonly recovered: boolean;
  /** The top of the stream when its history was read. */
  readonly position: StreamPosition;
  /** Publications to send, oldest first; empty if the client did not recover. */
  readonly publications: readonly P[];
}

/** Recovery of a subscription without positions. */
export const UNPLACED: Recovery<never> = {
  recovered: false,
  position: { offset: 0, epoch: "" },
  publications: [],
};

/** Extent of a recovery: every publication that the client missed (`stream`), or only the newest (`cache`). */
export type RecoveryMode = "stream" | "cache";

/** Positions of a client and of the stream, for a recovery. */
export interface Absence {
  /** Newest position of the client; an empty epoch fits every stream. */
  readonly since: StreamPosition;
  /** The top of the stream when its history was read. */
  readonly top: StreamPosition;
  /** Extent of the recovery. */
  readonly mode: RecoveryMode;
}

/**
 * A position that no stream has. An SDK sends it after it had to drop its state;
 * the recovery from it must fail.
 */
export const NOWHERE: StreamPosition = { offset: 0, epoch: "_" };

/**
 * Decides whether a client recovers with `found`: in stream mode the stored
 * publications after `since`, oldest first; in cache mode the newest stored one
 * (Centrifuge protocol, `recover` of the `subscribe` command).
 */
export function judgeRecovery<P extends Pick<Place, "offset" | "previous">>(
  found: readonly P[],
  absence: Absence,
): Recovery<P> {
  const position = absence.top;
  const publications = catchUp(found, absence);
  return publications === undefined
    ? { recovered: false, position, publications: [] }
    : { recovered: true, position, publications };
}

function catchUp<P extends Pick<Place, "offset" | "previous">>(
  found: readonly P[],
  { since, top, mode }: Absence,
): readonly P[] | undefined {
  if (since.epoch === NOWHERE.epoch) return undefined;
  switch (mode) {
    case "stream": {
      if (since.epoch !== "" && since.epoch !== top.epoch) return undefined;
      const [first] = found;
      const last = found.at(-1)?.offset ?? since.offset;
      const isNext = first === undefined || continues(since, first);
      return isNext && last === top.offset ? found : undefined;
    }
    case "cache": {
      // A client that never had anything is not up to date, even with an empty stream.
      const isUpToDate = since.offset > 0 && since.offset === top.offset &&
        since.epoch === top.epoch;
      if (isUpToDate) return [];
      return found.at(-1)?.offset === top.offset ? found : undefined;
    }
  }
}

/**
 * Compares a publication with the newest position of a subscriber: it is the
 * `next` one, already `known`, or after a `gap`, as also with another epoch.
 */
export function checkLive(
  last: StreamPosition,
  place: Place,
): "next" | "known" | "gap" {
  if (place.epoch !== last.epoch) return "gap";
  if (place.offset <= last.offset) return "known";
  return continues(last, place) ? "next" : "gap";
}

/** Checks whether a subscriber with everything up to `last` misses nothing before a publication. */
function continues(
  { offset }: StreamPosition,
  place: Pick<Place, "offset" | "previous">,
): boolean {
  return previousOf(place) <= offset && offset < place.offset;
}

/**
 * Joins the recovered publications with those that arrived meanwhile, in the order
 * of their arrival. Each comes once. Returns `undefined` if a publication is missing
 * between them (disconnect 3010).
 */
export function mergeRecovered<P extends Place>(
  { position, publications }: Pick<Recovery<P>, "position" | "publications">,
  buffered: readonly P[],
): readonly P[] | undefined {
  const merged = [...publications];
  let last: StreamPosition = position;
  for (const publication of buffered) {
    const found = checkLive(last, publication);
    if (found === "gap") return undefined;
    if (found === "known") continue;
    merged.push(publication);
    last = publication;
  }
  return merged;
}
