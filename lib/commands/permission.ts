/** Options of a channel, and permission to act on it. */

import { isAllowed, type PermissionRequest } from "../auth/permissions.ts";
import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { isName, NAME_RULE } from "../base/names.ts";
import type { CommandsDeps } from "./deps.ts";

/** Action of a client on a channel. */
export interface Intent
  extends Pick<PermissionRequest, "action" | "channel" | "options"> {
  /** True if a token for the channel was accepted just now; by default, if one was for the subscription. */
  readonly tokenAccepted?: boolean;
}

/**
 * Options of a channel.
 *
 * @throws {ProtocolError} If it is unknown (102) or has no name (107).
 * @throws {TypeError} If its name is no string.
 */
export function knownOptions(
  hub: Pick<CommandsDeps["hub"], "optionsOf">,
  channel: string,
): ChannelOptions {
  // Of a program without types.
  if (typeof channel !== "string") {
    throw new TypeError(
      `Cannot find the channel ${channel}: expected a string`,
    );
  }
  const options = hub.optionsOf(channel);
  if (options === undefined) throw new ProtocolError(errors.unknownChannel);
  if (!isName(channel)) {
    throw new ProtocolError(errors.badRequest, `a channel has ${NAME_RULE}`);
  }
  return options;
}

/** Checks whether a client may act on a channel. */
export function isPermitted(
  { hub, insecure }: CommandsDeps,
  connection: Connection,
  { action, channel, options, tokenAccepted }: Intent,
): boolean {
  // Where anybody may do everything, there is nothing to look up.
  if (insecure) return true;
  const { uid, caps } = connection;
  return isAllowed({
    action,
    channel,
    options,
    uid,
    caps,
    tokenAccepted: tokenAccepted ??
      hub.subscriptions.find(connection, channel)?.tokenAccepted ?? false,
  });
}

/** @throws {ProtocolError} If a client may not act on a channel (103). */
export function requirePermission(
  deps: CommandsDeps,
  connection: Connection,
  intent: Intent,
): void {
  if (isPermitted(deps, connection, intent)) return;
  throw new ProtocolError(errors.permissionDenied);
}
