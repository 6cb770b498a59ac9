/** The commands `presence`, `presence_stats` and `history`. */

import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { ChannelCommand, HistoryCommand } from "../protocol/types.ts";
import type { CommandsDeps } from "./deps.ts";
import { knownOptions, permit } from "./permission.ts";

/** Says who is in a channel. Centrifuge, §3. */
export async function presence(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): Promise<void> {
  requirePresence(deps, connection, channel);
  const clients = await deps.presence.get(channel);
  connection.reply({ type: "presence", id, clients });
}

/** Says how many are in a channel. */
export async function presenceStats(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): Promise<void> {
  requirePresence(deps, connection, channel);
  const stats = await deps.presence.stats(channel);
  connection.reply({ type: "presenceStats", id, ...stats });
}

/** Says what a channel has kept, or only where it stands. */
export async function history(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel, limit, since, reverse }: HistoryCommand,
): Promise<void> {
  const { historySize, historyTtlMs } = knownOptions(deps.hub, channel);
  if (historySize === 0 || historyTtlMs === 0) {
    throw new ProtocolError(errors.notAvailable);
  }
  permit(deps, connection, { action: "history", channel });
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
  if (!options.presence) throw new ProtocolError(errors.notAvailable);
  permit(deps, connection, { action: "presence", channel });
}
