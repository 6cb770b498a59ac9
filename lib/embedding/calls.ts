/** Calls of the methods of an embedded hub that act on connections, for all nodes. */

import {
  checkDisconnect,
  disconnects,
  shouldReconnect,
} from "../base/disconnect.ts";
import type { SubscriptionOverride } from "../auth/server_subscription.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import {
  namesOf,
  requireFlag,
  requireKnown,
  requireString,
  requireTexts,
  shown,
} from "../base/options.ts";
import { type ClientInfo, optionalJson } from "../base/publication.ts";
import type { NodeCall } from "../node_calls/node_call.ts";
import {
  type ConnectionSelection,
  type HubDisconnectOptions,
  type HubSubscribeOptions,
  requirePosition,
} from "./options.ts";

const SUBSCRIBE_OPTIONS = namesOf<HubSubscribeOptions>({
  info: true,
  data: true,
  expiresAt: true,
  since: true,
  override: true,
});
const OVERRIDES = namesOf<SubscriptionOverride>({
  presence: true,
  joinLeave: true,
  forceRecovery: true,
  forcePositioning: true,
  forcePushJoinLeave: true,
});
/** One of the `disconnects` has `reconnect`, too, which follows from its code. */
const DISCONNECT_OPTIONS = namesOf<
  HubDisconnectOptions & { readonly reconnect: boolean }
>({ code: true, reason: true, whitelist: true, reconnect: true });
/** A client of a presence selects itself. */
const SELECTION = namesOf<ClientInfo>({
  client: true,
  user: true,
  connInfo: true,
  chanInfo: true,
});

/**
 * Subscribes connections to a channel; `nowMs` is in milliseconds since 1970.
 *
 * @throws {TypeError} If there is no such option, or one is of another type.
 * @throws {RangeError} If `expiresAt` is no time, or `since` no position.
 * @throws {ProtocolError} If `expiresAt` has passed (110).
 */
export function toSubscribe(
  selection: ConnectionSelection,
  { channel, options, nowMs }: {
    readonly channel: string;
    readonly options: HubSubscribeOptions;
    readonly nowMs: number;
  },
): NodeCall {
  requireKnown("subscribe", options, SUBSCRIBE_OPTIONS);
  const { info, data, expiresAt = Infinity, since, override = {} } = options;
  requireKnown("subscribe with an override", override, OVERRIDES);
  for (const [name, value] of Object.entries(override)) {
    requireFlag(`subscribe with the override of ${name}`, value);
  }
  requirePosition("subscribe", since);
  const expireAt = toSeconds("subscribe", expiresAt);
  if (expiresAt <= nowMs) {
    throw new ProtocolError(errors.expired, "expiresAt has passed");
  }
  return {
    type: "subscribe",
    ...requireSelection(selection),
    channel,
    override,
    info: optionalJson(info, "subscribe with the info")?.json,
    data: optionalJson(data, "subscribe with the data")?.json,
    expireAt,
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
 * @throws {TypeError} If there is no such option, or one is of another type.
 * @throws {RangeError} If no close frame has room for the reason, or the code is invalid.
 */
export function toDisconnect(
  selection: ConnectionSelection,
  options: HubDisconnectOptions,
): NodeCall {
  requireKnown("disconnect", options, DISCONNECT_OPTIONS);
  const {
    code = disconnects.forceDisconnect.code,
    reason = disconnects.forceDisconnect.reason,
    whitelist = [],
  } = options;
  checkDisconnect({ code, reason, reconnect: shouldReconnect(code) });
  requireTexts(
    "disconnect with the whitelist",
    whitelist,
    "ids of connections",
  );
  const selected = requireSelection(selection);
  return { type: "disconnect", ...selected, code, reason, whitelist };
}

/**
 * Lets connections last until `expiresAt`, in milliseconds since 1970; `nowMs` is on the same scale.
 *
 * @throws {RangeError} If it is no time.
 */
export function toRefresh(
  selection: ConnectionSelection,
  expiresAt: number,
  nowMs: number,
): NodeCall {
  return {
    type: "refresh",
    ...requireSelection(selection),
    expired: expiresAt <= nowMs,
    expireAt: toSeconds("refresh", expiresAt),
  };
}

/** Checks that a selection names a user or a client: neither an empty nor a misspelt name must mean more connections. */
function requireSelection(selection: ConnectionSelection): ConnectionSelection {
  requireKnown("select connections", selection, SELECTION);
  const { user, client } = selection;
  requireString("select connections with the user", user);
  requireString("select connections with the client", client);
  if (user) return { user, client: client || undefined };
  if (client) return { client };
  throw new ProtocolError(errors.badRequest, "expected user or client");
}

/** Converts a time of a program, in milliseconds since 1970, to seconds; `undefined` for never. */
function toSeconds(action: string, expiresAt: number): number | undefined {
  // Compared with the time, null has passed and a text never does.
  if (typeof expiresAt !== "number" || Number.isNaN(expiresAt)) {
    throw new RangeError(
      `Cannot ${action} with the expiresAt ${shown(expiresAt)}: ` +
        "expected milliseconds since 1970",
    );
  }
  const seconds = Math.max(Math.ceil(expiresAt / 1000), 0);
  return seconds > Number.MAX_SAFE_INTEGER ? undefined : seconds;
}
