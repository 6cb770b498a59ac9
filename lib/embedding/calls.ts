/** Calls of the methods of an embedded hub that act on connections, for all nodes. */

import {
  checkDisconnect,
  disconnects,
  shouldReconnect,
} from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { optionalJson } from "../base/publication.ts";
import type { NodeCall } from "../node_calls/node_call.ts";
import type {
  ConnectionSelection,
  HubDisconnectOptions,
  HubSubscribeOptions,
} from "./options.ts";

/** Subscribes connections to a channel. */
export function toSubscribe(
  selection: ConnectionSelection,
  channel: string,
  { info, data, expiresAt = Infinity, since, override = {} }:
    HubSubscribeOptions,
): NodeCall {
  return {
    type: "subscribe",
    ...requireSelection(selection),
    channel,
    override,
    info: optionalJson(info, "subscribe with the info")?.json,
    data: optionalJson(data, "subscribe with the data")?.json,
    expireAt: toSeconds(expiresAt),
    since,
  };
}

/** Ends their subscriptions to a channel. */
export function toUnsubscribe(
  selection: ConnectionSelection,
  channel: string,
): NodeCall {
  return { type: "unsubscribe", ...requireSelection(selection), channel };
}

/**
 * Ends connections.
 *
 * @throws {RangeError} If no close frame has room for the reason, or the code is invalid.
 */
export function toDisconnect(
  selection: ConnectionSelection,
  options: HubDisconnectOptions,
): NodeCall {
  const {
    code = disconnects.forceDisconnect.code,
    reason = disconnects.forceDisconnect.reason,
    whitelist = [],
  } = options;
  checkDisconnect({ code, reason, reconnect: shouldReconnect(code) });
  const selected = requireSelection(selection);
  return { type: "disconnect", ...selected, code, reason, whitelist };
}

/** Lets connections last until `expiresAt`, in milliseconds since 1970; `nowMs` is on the same scale. */
export function toRefresh(
  selection: ConnectionSelection,
  expiresAt: number,
  nowMs: number,
): NodeCall {
  return {
    type: "refresh",
    ...requireSelection(selection),
    expired: expiresAt <= nowMs,
    expireAt: toSeconds(expiresAt),
  };
}

/** Checks that a selection names a user or a client: an empty name must not mean every connection. */
function requireSelection(
  { user, client }: ConnectionSelection,
): ConnectionSelection {
  if (user) return { user, client: client || undefined };
  if (client) return { client };
  throw new ProtocolError(errors.badRequest, "expected user or client");
}

/** Converts milliseconds since 1970 to seconds; `undefined` for never. */
function toSeconds(ms: number): number | undefined {
  return ms === Infinity ? undefined : Math.max(Math.ceil(ms / 1000), 0);
}
