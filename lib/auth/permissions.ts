/** Whether a client may do something on a channel. */

import { isPrivate, usersOf } from "../channel/channel_name.ts";
import type {
  ChannelAction,
  ChannelOptions,
} from "../channel/channel_options.ts";
import { allowedBy, type Caps } from "./caps.ts";

/** What a client asks for. */
export interface PermissionRequest {
  /** What it wants to do. */
  readonly action: ChannelAction;
  /** Where, by its name. */
  readonly channel: string;
  /** The options of the channel. */
  readonly options: ChannelOptions;
  /** The client's uid, if it has one. */
  readonly uid: string | undefined;
  /** What its token allows it. */
  readonly caps: Caps;
  /**
   * Whether a token for this channel and this user was accepted: one that comes
   * with the request to subscribe, or that the standing subscription came with.
   */
  readonly tokenAccepted: boolean;
}

/**
 * Whether a client may do something on a channel.
 *
 * 1. A name with users (`chat#1,2`, `#user`) is for them alone: no token lets
 *    another in, neither by its capabilities nor by its subscriptions. The
 *    application itself may, by `onConnect` or the server API.
 * 2. What the client's capabilities allow is granted.
 * 3. An accepted token grants subscribing, and nothing but that.
 * 4. A private channel (`$name`) is closed to those without a token for it.
 * 5. The rest is what the namespace allows.
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

/** Whether the name of a channel lets a uid in: it has no users, or that one among them. */
export function isFor(channel: string, uid: string | undefined): boolean {
  const users = usersOf(channel);
  return users === undefined || uid !== undefined && users.includes(uid);
}
