/** Rates of commands: those of their channel's namespace, or of the hub. */

import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import type { CommandRate } from "../limits/rate_limits.ts";
import type { CommandsDeps } from "./deps.ts";

/**
 * Counts a command of a client by its rate.
 *
 * @throws {ProtocolError} If it is above (111).
 * @throws {DisconnectError} If the client has gone on regardless (3013).
 */
export function requireRate(
  { hub }: Pick<CommandsDeps, "hub">,
  connection: Connection,
  kind: CommandRate,
  options?: ChannelOptions,
): void {
  const limit = options && hub.channelRates.of(options, kind);
  connection.rates.requireCommand(kind, limit);
}
