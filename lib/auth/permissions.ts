/** Whether a client may do something on a channel. */

import { isPrivate, usersOf } from "../channel_name.ts";
import type { ChannelAction, ChannelOptions } from "../channel_options.ts";
import { allowedBy, type Caps } from "./caps.ts";

/** Who asks. */
export interface PermissionClient {
  /** Its uid, if it has one. */
  readonly uid: string | undefined;
  /** What its token allows it. */
  readonly caps: Caps;
  /** Whether anybody may do everything (`INSECURE_ANONYMOUS_ALL`). */
  readonly insecure: boolean;
}

/** What a client asks for. */
export interface PermissionRequest {
  /** What it wants to do. */
  readonly action: ChannelAction;
  /** Where, by its name. */
  readonly channel: string;
  /** The options of the channel; `undefined` if it is unknown. */
  readonly options: ChannelOptions | undefined;
  /** Who wants it. */
  readonly client: PermissionClient;
  /**
   * Whether a token for this channel and this user was accepted: one that comes
   * with the request to subscribe, or that the standing subscription came with.
   */
  readonly tokenAccepted: boolean;
}

/** Why a client may not, by its name in the table of errors: 102 or 103. */
export type Refusal = "unknownChannel" | "permissionDenied";

/**
 * Says why a client may not do something on a channel; `undefined` if it may.
 *
 * 1. An unknown channel is refused to everybody; then, where anybody may do
 *    everything, nothing is.
 * 2. A name with users (`chat#1,2`, `#user`) is for them alone: no token lets
 *    another in, neither by its capabilities nor by its subscriptions. The
 *    application itself may, by `onConnect` or the server API.
 * 3. What the client's capabilities allow is granted.
 * 4. An accepted token grants subscribing, and nothing but that.
 * 5. A private channel (`$name`) is closed to those without a token for it.
 * 6. The rest is what the namespace allows.
 */
export function findRefusal(request: PermissionRequest): Refusal | undefined {
  const { options, client } = request;
  if (options === undefined) return "unknownChannel";
  if (client.insecure || isPermitted(request, options)) return undefined;
  return "permissionDenied";
}

function isPermitted(
  { action, channel, client, tokenAccepted }: PermissionRequest,
  { allow }: ChannelOptions,
): boolean {
  const { uid, caps } = client;
  if (!isFor(channel, uid)) return false;
  if (allowedBy(caps, channel).includes(action)) return true;
  if (tokenAccepted && action === "subscribe") return true;
  if (isPrivate(channel) && !tokenAccepted) return false;
  return allow.includes(action);
}

/** Whether the name of a channel lets a uid in: it has no users, or that one among them. */
export function isFor(channel: string, uid: string | undefined): boolean {
  const users = usersOf(channel);
  return users === undefined || uid !== undefined && users.includes(uid);
}
