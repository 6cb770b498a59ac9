/** Options of a channel, and permission to act on it. */

import { isAllowed, type PermissionRequest } from "../auth/permissions.ts";
import type {
  ChannelAction,
  ChannelOptions,
} from "../channel/channel_options.ts";
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
  const { unknownChannel, badRequest } = errors;
  if (!isName(channel)) {
    // Not repeated: it may be very long.
    throw options === undefined
      ? new ProtocolError(unknownChannel)
      : new ProtocolError(badRequest, `a channel has ${NAME_RULE}`);
  }
  if (options !== undefined) return options;
  // A client of text has no ids: the message says which of its frames it is about.
  const { message } = unknownChannel;
  throw new ProtocolError(unknownChannel, `${message} "${channel}"`);
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

/** Actions as a refusal names them. */
const VERBS: Readonly<Record<ChannelAction, string>> = {
  subscribe: "subscribe to",
  publish: "publish to",
  presence: "read the presence of",
  history: "read the history of",
};

/** @throws {ProtocolError} If a client may not act on a channel (103). */
export function requirePermission(
  deps: CommandsDeps,
  connection: Connection,
  intent: Intent,
): void {
  if (isPermitted(deps, connection, intent)) return;
  throw notPermitted(`${VERBS[intent.action]} "${intent.channel}"`);
}

/** The refusal of an action (103), such as `subscribe to "$vip"`. */
export function notPermitted(action: string): ProtocolError {
  const { message } = errors.permissionDenied;
  return new ProtocolError(
    errors.permissionDenied,
    `${message}: cannot ${action}`,
  );
}
