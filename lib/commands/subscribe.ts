/** The commands `subscribe`, `unsubscribe` and `sub_refresh`. */

import { pause } from "../base/pause.ts";
import type { SubscriptionClaims } from "../auth/claims.ts";
import { TokenError } from "../auth/token_error.ts";
import {
  type ChannelOptions,
  MAX_RECOVERY_SIZE,
} from "../channel/channel_options.ts";
import { parseTagsFilter, type TagsFilter } from "../channel/tags_filter.ts";
import type { Connection } from "../hub/connection.ts";
import { decisionOf } from "../hub/hooks.ts";
import { DisconnectError } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type {
  ChannelCommand,
  SubRefreshCommand,
  SubscribeCommand,
  SubscribeResult,
} from "../protocol/types.ts";
import {
  lengthOf,
  optionalJson,
  type Publication,
  toClientValue,
} from "../base/publication.ts";
import type { CommandsDeps } from "./deps.ts";
import type { Subscription } from "../hub/subscription.ts";
import { begin, makeSubscription, setExpiry } from "./make_subscription.ts";
import { isPermitted, knownOptions, requirePermission } from "./permission.ts";
import { lifetime, refuseToken, verified } from "./tokens.ts";

/** Subscribes a client, sends it what it missed, then lets publications through. Centrifuge, §§3 and 8. */
export async function subscribe(
  deps: CommandsDeps,
  connection: Connection,
  command: SubscribeCommand,
): Promise<void> {
  const { subscriptions, limits } = deps.hub;
  const { id, channel, since } = command;
  connection.rates.requireCommand("subscribe", deps.hub.optionsOf(channel));
  const { replyDelayMs } = connection.rates;
  // A client that has recovered much waits, and its next commands with it.
  if (replyDelayMs > 0) await pause(deps.hub.clock, replyDelayMs);
  if (connection.channels.has(channel)) {
    return answerAgain(connection, command);
  }
  const serverSide = command.lasts !== undefined;
  // From now on it counts, and can be ended.
  const subscription = subscriptions.reserve(connection, channel, {
    serverSide,
  });
  try {
    const result = await makeFor(deps, subscription, command);
    requireLife(subscription);
    if (command.rejectUnrecovered && since !== undefined && !result.recovered) {
      subscriptions.end(connection, channel);
      throw new ProtocolError(errors.unrecoverable);
    }
    const publications = command.lasts === "poll"
      ? firstOf(result.publications, limits.maxBufferedBytes)
      : result.publications;
    connection.reply({
      type: "subscribed",
      id,
      channel,
      result: { ...result, publications },
    });
  } finally {
    subscriptions.release(subscription);
  }
  begin(deps, subscription);
}

/** Makes the subscription that a client asks for, if its token, the channel and the program let it. */
async function makeFor(
  deps: CommandsDeps,
  subscription: Subscription,
  command: SubscribeCommand,
): Promise<SubscribeResult> {
  const { connection, channel } = subscription;
  const claims = command.token === ""
    ? undefined
    : await verifyFor(deps, connection, command);
  requireLife(subscription);
  const tokenAccepted = claims !== undefined;
  const options = knownOptions(deps.hub, channel);
  const intent = { channel, options, tokenAccepted } as const;
  requirePermission(deps, connection, { ...intent, action: "subscribe" });
  const filter = filterOf(command, options);
  const { onSubscribe } = deps.hooks;
  const answer = onSubscribe && await onSubscribe({
    connection,
    headers: connection.headers,
    channel,
    data: toClientValue(command.data),
  });
  const decision = decisionOf("onSubscribe", answer);
  requireLife(subscription);
  const result = await makeSubscription(deps, subscription, {
    ...command,
    options,
    // Clients of plain HTTP cannot begin again by themselves: they recover all that most channels keep.
    cap: command.lasts && Math.min(options.historySize, MAX_RECOVERY_SIZE),
    filter,
    // Joins and leaves show who is present; a client that may not see that does without.
    joinLeave: command.joinLeave &&
      isPermitted(deps, connection, { ...intent, action: "presence" }),
    override: command.lasts === "poll"
      ? { ...claims?.override, presence: false, joinLeave: false }
      : claims?.override,
    tokenAccepted,
    info: optionalJson(decision?.info, "subscribe with the info")?.json ??
      claims?.info,
    data: optionalJson(decision?.data, "subscribe with the data"),
    expiresAt: claims?.expiresAt,
  });
  return result ?? endedMeanwhile();
}

/** The filter that a client asks for, if the channel allows one. */
function filterOf(
  { channel, tagsFilter }: SubscribeCommand,
  options: ChannelOptions,
): TagsFilter | undefined {
  if (tagsFilter === undefined) return undefined;
  if (options.tagsFilter) return parseTagsFilter(tagsFilter);
  throw new ProtocolError(
    errors.badRequest,
    `cannot filter by tags: "${channel}" does not allow it`,
  );
}

/** The first publications, as many as one reply has room for: the next poll fetches the rest. */
function firstOf(
  publications: readonly Publication[],
  maxBytes: number,
): readonly Publication[] {
  let bytes = 0;
  const end = publications.findIndex(({ payload }) =>
    (bytes += lengthOf(payload)) >= maxBytes
  );
  return end < 0 ? publications : publications.slice(0, end + 1);
}

/** @throws {ProtocolError} If a subscription has ended before its client was notified of it: 103, or 100 after an overflow. */
function requireLife(subscription: Subscription): void {
  subscription.requireRoom();
  if (subscription.ended) endedMeanwhile();
}

/** The client was notified of the reason before, or has gone. */
function endedMeanwhile(): never {
  throw new ProtocolError(
    errors.permissionDenied,
    "the subscription was ended meanwhile",
  );
}

/** Ends a subscription; the reply is the same where there was none. */
export function unsubscribe(
  deps: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): void {
  const { hub } = deps;
  connection.rates.requireCommand("subscribe", hub.optionsOf(channel));
  hub.subscriptions.end(connection, channel);
  connection.reply({ type: "unsubscribed", id, channel });
}

/** Lets a subscription last as long as its new token. */
export async function refreshSubscription(
  deps: CommandsDeps,
  connection: Connection,
  command: SubRefreshCommand,
): Promise<void> {
  const { hub } = deps;
  const { id, channel } = command;
  const subscription = hub.subscriptions.find(connection, channel);
  if (subscription === undefined || subscription.serverSide) {
    throw new ProtocolError(errors.permissionDenied, "not subscribed");
  }
  const claims = await verifyFor(deps, connection, command);
  if (claims === undefined) throw new ProtocolError(errors.badRequest);
  if (subscription.ended) endedMeanwhile();
  subscription.tokenAccepted = true;
  setExpiry(deps, subscription, claims.expiresAt);
  connection.reply({
    type: "refreshed",
    id,
    client: undefined,
    ...lifetime(hub.clock, claims.expiresAt),
  });
}

/** Replies to a second `subscribe`: a text client may send it twice, an SDK is out of step (105). */
function answerAgain(
  connection: Connection,
  { id, channel }: SubscribeCommand,
): void {
  if (connection.protocol.positions) {
    throw new ProtocolError(errors.alreadySubscribed);
  }
  connection.reply({
    type: "subscribed",
    id,
    channel,
    result: {
      positioned: false,
      position: undefined,
      recovered: undefined,
      publications: [],
      delta: false,
    },
  });
}

/** Claims of the token of a command, if it has one: it must be for this channel and this client. */
async function verifyFor(
  { tokens, log }: CommandsDeps,
  connection: Connection,
  { token, channel }: { readonly token: string; readonly channel: string },
): Promise<SubscriptionClaims | undefined> {
  if (token === "") return undefined;
  const claims = await verified(log, connection, tokens.subscription(token))
    .catch(refuseSubscription);
  const isFor = claims.channel === channel && claims.uid === connection.uid &&
    (claims.client === undefined || claims.client === connection.id);
  if (isFor) return claims;
  const error = new TokenError("invalid", "for another channel or client");
  refuseToken(log, connection, error);
}

/** Refuses one subscription for its invalid token (103): the connection may have others. */
function refuseSubscription(error: unknown): never {
  if (!(error instanceof DisconnectError)) throw error;
  throw new ProtocolError(errors.permissionDenied);
}
