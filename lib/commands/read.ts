/** The commands `presence`, `presence_stats` and `history`. */

import { keepsHistory } from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ChannelCommand, HistoryCommand } from "../protocol/types.ts";
import type { CommandsDeps } from "./deps.ts";
import { knownOptions, requirePermission } from "./permission.ts";

/** Replies with the members of a channel. Centrifuge, §3. */
export async function presence(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): Promise<void> {
  requirePresence(deps, connection, channel);
  const clients = await deps.presence.get(channel);
  connection.reply({ type: "presence", id, clients });
}

/** Replies with the number of members of a channel. */
export async function presenceStats(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): Promise<void> {
  requirePresence(deps, connection, channel);
  const stats = await deps.presence.stats(channel);
  connection.reply({ type: "presenceStats", id, ...stats });
}

/** Replies with the history of a channel, or with its position alone. */
export async function history(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel, limit, since, reverse }: HistoryCommand,
): Promise<void> {
  const options = knownOptions(deps.hub, channel);
  connection.rates.requireCommand("history", options);
  if (!keepsHistory(options)) throw new ProtocolError(errors.notAvailable);
  requirePermission(deps, connection, { action: "history", channel, options });
  const query = { limit, since, reverse };
  const result = await deps.hub.broker.history(channel, query);
  if (result.type === "unrecoverable") {
    throw new ProtocolError(errors.unrecoverable);
  }
  const { position, publications } = result;
  connection.reply({ type: "history", id, ...position, publications });
}

function requirePresence(
  deps: CommandsDeps,
  connection: Connection,
  channel: string,
): void {
  const options = knownOptions(deps.hub, channel);
  connection.rates.requireCommand("presence", options);
  if (!options.presence) throw new ProtocolError(errors.notAvailable);
  requirePermission(deps, connection, { action: "presence", channel, options });
}
