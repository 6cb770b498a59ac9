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
 * Rule that decides about an action: the users in the channel's name (1), the
 * capabilities (2), an accepted token (3), a private channel (4), or its namespace (5).
 */
export type PermissionRule =
  | "users"
  | "caps"
  | "token"
  | "private"
  | "namespace";

/** Decision about an action, with the rule that it follows from. */
export interface Permission {
  /** True if the client may do it. */
  readonly allowed: boolean;
  /** The first rule that decides. */
  readonly rule: PermissionRule;
}

// Made once: a publication asks for one, and allocates nothing.
const NOT_FOR_IT: Permission = { allowed: false, rule: "users" };
const BY_CAPS: Permission = { allowed: true, rule: "caps" };
const BY_TOKEN: Permission = { allowed: true, rule: "token" };
const CLOSED: Permission = { allowed: false, rule: "private" };
const BY_NAMESPACE: Permission = { allowed: true, rule: "namespace" };
const NOT_BY_NAMESPACE: Permission = { allowed: false, rule: "namespace" };

/**
 * Decides whether a client may perform an action on a channel.
 *
 * 1. A name with users (`chat#1,2`, `#user`) is for them alone: no token lets
 *    another in, neither by its capabilities nor by its subscriptions. The
 *    application itself may, by `onConnect` or the server API.
 * 2. An action that the client's capabilities allow is granted.
 * 3. An accepted token grants `subscribe`, and nothing else.
 * 4. A private channel (`$name`) is closed to clients without a token for it.
 * 5. Otherwise the namespace decides.
 */
export function decide(
  { action, channel, options, uid, caps, tokenAccepted }: PermissionRequest,
): Permission {
  if (!isFor(channel, uid)) return NOT_FOR_IT;
  if (allowedBy(caps, channel).includes(action)) return BY_CAPS;
  if (tokenAccepted && action === "subscribe") return BY_TOKEN;
  if (isPrivate(channel) && !tokenAccepted) return CLOSED;
  return options.allow.includes(action) ? BY_NAMESPACE : NOT_BY_NAMESPACE;
}

/** Checks whether a client may perform an action on a channel, as {@linkcode decide} does. */
export function isAllowed(request: PermissionRequest): boolean {
  return decide(request).allowed;
}

/** Checks whether the name of a channel admits a uid: it lists no users, or this one among them. */
export function isFor(channel: string, uid: string | undefined): boolean {
  const users = usersOf(channel);
  return users === undefined || uid !== undefined && users.includes(uid);
}
