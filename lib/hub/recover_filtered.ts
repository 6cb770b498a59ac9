/** Recovery of a subscription with a filter: the missed publications that fit. */

import type { Broker, RecoverQuery } from "../broker/types.ts";
import type { TagsFilter } from "../channel/tags_filter.ts";
import type { Publication } from "../base/publication.ts";
import { judgeRecovery, type Recovery } from "../base/recovery.ts";

/** Request for the publications that fit a filter. */
export interface FilteredQuery extends RecoverQuery {
  /** The filter. */
  readonly filter: TagsFilter;
  /** Number of fitting publications above which nothing is recovered; `cap` bounds those that are looked through. */
  readonly fittingCap: number;
}

/**
 * Finds the publications that a client missed, and that fit its filter: all of them,
 * or the newest. Whether it recovers is decided by the stream, not by what fits.
 */
export async function recoverFiltered(
  broker: Broker,
  channel: string,
  query: FilteredQuery,
): Promise<Recovery<Publication>> {
  if (query.mode === "cache") {
    return await recoverNewest(broker, channel, query);
  }
  const found = await broker.recover(channel, query);
  const publications = found.publications.filter(({ tags }) =>
    query.filter.matches(tags)
  );
  return publications.length > query.fittingCap
    ? { recovered: false, position: found.position, publications: [] }
    : { ...found, publications };
}

/** Finds the newest publication that fits, unless the client has it. */
async function recoverNewest(
  broker: Broker,
  channel: string,
  { since, filter, cap }: FilteredQuery,
): Promise<Recovery<Publication>> {
  const { position, ...read } = await broker.history(channel, {
    limit: -1,
    reverse: true,
    cap,
  });
  const stored = read.type === "history" ? read.publications : [];
  const judged = judgeRecovery(stored.slice(0, 1), {
    since,
    top: position,
    mode: "cache",
  });
  if (judged.publications.length === 0) return judged;
  const newest = stored.find(({ tags }) => filter.matches(tags));
  const isNew = newest !== undefined &&
    (newest.epoch !== since.epoch || newest.offset > since.offset);
  return { ...judged, publications: isNew ? [newest] : [] };
}
