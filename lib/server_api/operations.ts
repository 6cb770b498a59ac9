/** Operations on all nodes of a hub, in values: behind the server API, and behind the methods of an embedded hub. */

import type { HistoryQuery, HistoryResult } from "../broker/types.ts";
import {
  type ChannelOptions,
  keepsHistory,
} from "../channel/channel_options.ts";
import { type Addition, requireGrowing } from "../channel/growing_text.ts";
import { knownOptions } from "../commands/permission.ts";
import { askAll } from "../node_calls/ask.ts";
import {
  channelsSchema,
  doneSchema,
  type NodeCall,
  type NodeInfo,
  nodeSchema,
} from "../node_calls/node_call.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { requireString } from "../base/options.ts";
import type { Hub } from "../hub/hub.ts";
import type { ClientInfo, StreamPosition } from "../base/publication.ts";
import type { PresenceStats } from "../presence/types.ts";

/** A part of a text for a channel. */
export interface TextPart extends Addition {
  /** The same key on the same channel within five minutes appends nothing again. */
  readonly idempotencyKey?: string;
}

/** Appends to the text of a channel; resolves with the position of the publication that has the part. */
export async function appendText(
  hub: Hub,
  channel: string,
  part: TextPart,
): Promise<StreamPosition> {
  const options = knownOptions(hub, channel);
  requireGrowing(options);
  const { text, close, restart } = part;
  if (text === "" && !close && !restart) {
    throw new ProtocolError(
      errors.badRequest,
      "nothing to append: expected a text, close or restart",
    );
  }
  const { historyTtlMs: ttlMs, data } = options;
  return await hub.texts.append({ ...part, channel, ttlMs, data });
}

/** Reads the clients in a channel, by the ids of their connections. */
export async function readPresence(
  hub: Hub,
  channel: string,
): Promise<ReadonlyMap<string, ClientInfo>> {
  requireKept(knownOptions(hub, channel), "presence");
  return await hub.presence.get(channel);
}

/** Counts the connections and the users in a channel. */
export async function readPresenceStats(
  hub: Hub,
  channel: string,
): Promise<PresenceStats> {
  requireKept(knownOptions(hub, channel), "presence");
  return await hub.presence.stats(channel);
}

/** Reads the history of a channel. */
export async function readHistory(
  hub: Hub,
  channel: string,
  query: HistoryQuery,
): Promise<Extract<HistoryResult, { readonly type: "history" }>> {
  requireKept(knownOptions(hub, channel), "history");
  const found = await hub.broker.history(channel, query);
  if (found.type === "history") return found;
  throw new ProtocolError(errors.unrecoverable);
}

/** Drops the history of a channel; its position stays. */
export async function dropHistory(
  hub: Hub,
  channel: string,
): Promise<void> {
  requireKept(knownOptions(hub, channel), "history");
  await hub.broker.removeHistory(channel);
}

/** Counts the subscribers of each channel that has one, on all nodes. */
export async function listChannels(
  hub: Hub,
  pattern: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  requireString("list channels with the pattern", pattern);
  const totals = new Map<string, number>();
  const call = { type: "channels", pattern } as const;
  for (const counts of await askAll(hub, call, channelsSchema)) {
    for (const [name, count] of counts) {
      totals.set(name, (totals.get(name) ?? 0) + count);
    }
  }
  return totals;
}

/** Lists the nodes, with the numbers of their clients and channels. */
export function listNodes(hub: Hub): Promise<NodeInfo[]> {
  return askAll(hub, { type: "info" }, nodeSchema);
}

/**
 * Acts on connections, on all nodes; resolves with how many it was done to.
 *
 * @throws {ProtocolError} If it could not be done to one of them.
 */
export async function doOnAll(hub: Hub, call: NodeCall): Promise<number> {
  let total = 0;
  for (const { count, error } of await askAll(hub, call, doneSchema)) {
    if (error !== undefined) throw new ProtocolError(error);
    total += count;
  }
  return total;
}

/** @throws {ProtocolError} 108 if the channel has nothing of the kind. */
function requireKept(
  options: ChannelOptions,
  what: "presence" | "history",
): void {
  const isKept = what === "presence" ? options.presence : keepsHistory(options);
  if (!isKept) throw new ProtocolError(errors.notAvailable);
}
