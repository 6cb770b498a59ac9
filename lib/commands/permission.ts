/** Permission to act on a channel, and the options it goes by. */

import { isAllowed } from "../auth/permissions.ts";
import type {
  ChannelAction,
  ChannelOptions,
} from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { isName, NAME_RULE } from "../base/names.ts";
import type { CommandsDeps } from "./deps.ts";

/** What a client wants. */
export interface Intent {
  readonly action: ChannelAction;
  readonly channel: string;
  /** Whether a token for the channel was accepted just now. */
  readonly tokenAccepted?: boolean;
}

/**
 * The options of a channel on which the client may do what it wants.
 *
 * @throws {ProtocolError} If it may not: 102, 103 or 107.
 */
export function permit(
  deps: CommandsDeps,
  connection: Connection,
  intent: Intent,
): ChannelOptions {
  const options = knownOptions(deps.hub, intent.channel);
  if (mayDo(deps, connection, intent, options)) return options;
  throw new ProtocolError(errors.permissionDenied);
}

/**
 * Whether the client may do what it wants.
 *
 * @throws {ProtocolError} If the channel is unknown (102) or has no name (107).
 */
export function isPermitted(
  deps: CommandsDeps,
  connection: Connection,
  intent: Intent,
): boolean {
  const options = knownOptions(deps.hub, intent.channel);
  return mayDo(deps, connection, intent, options);
}

function mayDo(
  { hub, insecure }: CommandsDeps,
  connection: Connection,
  { action, channel, tokenAccepted }: Intent,
  options: ChannelOptions,
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
      hub.subscription(connection, channel)?.tokenAccepted ?? false,
  });
}

/**
 * The options of a channel.
 *
 * @throws {ProtocolError} If it is unknown (102) or has no name (107).
 */
export function knownOptions(
  hub: Pick<CommandsDeps["hub"], "optionsOf">,
  channel: string,
): ChannelOptions {
  const options = hub.optionsOf(channel);
  if (options === undefined) throw new ProtocolError(errors.unknownChannel);
  if (!isName(channel)) {
    throw new ProtocolError(
      errors.badRequest,
      `a channel has ${NAME_RULE}`,
    );
  }
  return options;
}
