/** Whether a client has missed nothing: after an absence, while it joins, and with each publication. */

import type { StreamPosition } from "./publication.ts";

/** What a client that was away gets. */
export interface Recovery<P> {
  /** Whether the client has missed nothing once it has the publications. */
  readonly recovered: boolean;
  /** The top of the stream when its history was read. */
  readonly position: StreamPosition;
  /** What to send, oldest first; none when the client did not recover. */
  readonly publications: readonly P[];
}

/** What a client needs after an absence: every publication it missed, or the newest alone. */
export type RecoveryMode = "stream" | "cache";

/** Where the client and the stream are. */
export interface Absence {
  /** The newest position the client has; an empty epoch fits every stream. */
  readonly since: StreamPosition;
  /** The top of the stream when its history was read. */
  readonly top: StreamPosition;
  /** What the client needs. */
  readonly mode: RecoveryMode;
}

/**
 * A place that no stream has ever had: who stands there must learn that it did not
 * recover. SDKs send it after they were told to drop their state.
 */
export const NOWHERE: StreamPosition = { offset: 0, epoch: "_" };

/**
 * Decides whether a client recovers with `found`: in stream mode what is kept
 * after `since`, oldest first, in cache mode the newest that is kept
 * (Centrifuge protocol, `recover` of the `subscribe` command).
 */
export function judgeRecovery<P extends { readonly offset: number }>(
  found: readonly P[],
  absence: Absence,
): Recovery<P> {
  const position = absence.top;
  const publications = catchUp(found, absence);
  return publications === undefined
    ? { recovered: false, position, publications: [] }
    : { recovered: true, position, publications };
}

function catchUp<P extends { readonly offset: number }>(
  found: readonly P[],
  { since, top, mode }: Absence,
): readonly P[] | undefined {
  if (since.epoch === NOWHERE.epoch) return undefined;
  switch (mode) {
    case "stream": {
      if (since.epoch !== "" && since.epoch !== top.epoch) return undefined;
      const first = found.at(0)?.offset ?? since.offset + 1;
      const last = found.at(-1)?.offset ?? since.offset;
      const isWhole = first === since.offset + 1 && last === top.offset;
      return isWhole ? found : undefined;
    }
    case "cache": {
      // Who never had anything is nowhere, also where nothing was published yet.
      const isThere = since.offset > 0 && since.offset === top.offset &&
        since.epoch === top.epoch;
      if (isThere) return [];
      return found.at(-1)?.offset === top.offset ? found : undefined;
    }
  }
}

/**
 * What a publication is to a subscriber that has everything up to `last`: the
 * `next` to send, `known` already, or beyond a `gap`, also when the epoch changed.
 */
export function checkLive(
  last: StreamPosition,
  { offset, epoch }: StreamPosition,
): "next" | "known" | "gap" {
  if (epoch !== last.epoch || offset > last.offset + 1) return "gap";
  return offset > last.offset ? "next" : "known";
}

/**
 * Joins what was read with the publications that arrived meanwhile, in the order
 * of their arrival. What both have comes once; `undefined` when something is
 * missing in between (disconnect 3010).
 */
export function mergeRecovered<P extends StreamPosition>(
  { position, publications }: Pick<Recovery<P>, "position" | "publications">,
  buffered: readonly P[],
): readonly P[] | undefined {
  const merged = [...publications];
  let last = position;
  for (const publication of buffered) {
    const found = checkLive(last, publication);
    if (found === "gap") return undefined;
    if (found === "known") continue;
    merged.push(publication);
    last = publication;
  }
  return merged;
}
