/** Permissions of clients on channels. */

import { isPrivate, usersOf } from "../channel/channel_name.ts";
import type {
  ChannelAction,
  ChannelOptions,
} from "../channel/channel_options.ts";
import { allowedBy, type Caps } from "./caps.ts";

/** A client, a channel and the action that the client asks for. */
export interface PermissionRequest {
  /** The action. */
  readonly action: ChannelAction;
  /** Name of the channel. */
  readonly channel: string;
  /** Options of the channel. */
  readonly options: ChannelOptions;
  /** Uid of the client; `undefined` for an anonymous one. */
  readonly uid: string | undefined;
  /** Capabilities of its token. */
  readonly caps: Caps;
  /**
   * True if a token for this channel and this user was accepted: the token of this
   * request to subscribe, or that of the existing subscription.
   */
  readonly tokenAccepted: boolean;
}

/**
 * Checks whether a client may perform an action on a channel.
 *
 * 1. A name with users (`chat#1,2`, `#user`) is for them alone: no token lets
 *    another in, neither by its capabilities nor by its subscriptions. The
 *    application itself may, by `onConnect` or the server API.
 * 2. An action that the client's capabilities allow is granted.
 * 3. An accepted token grants `subscribe`, and nothing else.
 * 4. A private channel (`$name`) is closed to clients without a token for it.
 * 5. Otherwise the namespace decides.
 */
export function isAllowed(
  { action, channel, options, uid, caps, tokenAccepted }: PermissionRequest,
): boolean {
  if (!isFor(channel, uid)) return false;
  if (allowedBy(caps, channel).includes(action)) return true;
  if (tokenAccepted && action === "subscribe") return true;
  if (isPrivate(channel) && !tokenAccepted) return false;
  return options.allow.includes(action);
}

/** Checks whether the name of a channel admits a uid: it lists no users, or this one among them. */
export function isFor(channel: string, uid: string | undefined): boolean {
  const users = usersOf(channel);
  return users === undefined || uid !== undefined && users.includes(uid);
}
