/** The commands `subscribe`, `unsubscribe` and `sub_refresh`. */

import type { SubscriptionClaims } from "../auth/claims.ts";
import { TokenError } from "../auth/token_error.ts";
import type { Connection } from "../hub/connection.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type {
  ChannelCommand,
  SubRefreshCommand,
  SubscribeCommand,
} from "../protocol/types.ts";
import {
  lengthOf,
  optionalJson,
  type Publication,
  toValue,
} from "../base/publication.ts";
import type { CommandsDeps } from "./deps.ts";
import type { PendingSubscription } from "../hub/pending_subscriptions.ts";
import {
  begin,
  isStill,
  join,
  type NewSubscription,
  setExpiry,
} from "./make_subscription.ts";
import { isPermitted, permit } from "./permission.ts";
import { lifetime, refuseToken, verified } from "./tokens.ts";

/** What clients of plain HTTP may have missed and recover, in publications: all that most channels keep. */
const MAX_MISSED = 10_000;

/** Subscribes a client, tells it what it missed, then lets publications through. Centrifuge, §§3 and 8. */
export async function subscribe(
  deps: CommandsDeps,
  connection: Connection,
  command: SubscribeCommand,
): Promise<void> {
  const { hub } = deps;
  const { id, channel, since } = command;
  if (connection.channels.has(channel)) {
    return answerAgain(connection, command);
  }
  const serverSide = command.lasts !== undefined;
  // From now on it counts, and whoever ends it is heeded.
  using pending = hub.prepare({ connection, channel, serverSide });
  const made = await joinAs(deps, connection, { command, pending });
  // Whoever ended it since has told the client.
  requireStanding(pending);
  const { result } = made;
  if (command.rejectUnrecovered && since !== undefined && !result.recovered) {
    hub.unsubscribe(connection, channel);
    throw new ProtocolError(errors.unrecoverable);
  }
  const publications = command.lasts === "poll"
    ? firstOf(result.publications, hub.limits.maxBufferedBytes)
    : result.publications;
  connection.reply({
    type: "subscribed",
    id,
    channel,
    result: { ...result, publications },
  });
  begin(deps, made);
}

/** What a client asks for, and what may be called off meanwhile. */
interface Asked {
  readonly command: SubscribeCommand;
  readonly pending: PendingSubscription;
}

/** Makes the subscription that a client asks for, if its token, the channel and the program let it. */
async function joinAs(
  deps: CommandsDeps,
  connection: Connection,
  { command, pending }: Asked,
): Promise<NewSubscription> {
  const { channel } = command;
  const claims = await verifyFor(deps, connection, command);
  requireStanding(pending);
  const tokenAccepted = claims !== undefined;
  const query = { action: "subscribe", channel, tokenAccepted } as const;
  const options = permit(deps, connection, query);
  const decision = await deps.policy.onSubscribe?.({
    connection,
    headers: connection.headers,
    channel,
    data: toValue(command.data),
  });
  requireStanding(pending);
  const made = await join(deps, connection, {
    ...command,
    options,
    cap: command.lasts && Math.min(options.historySize, MAX_MISSED),
    // Joins and leaves say who is present; who may not know does without.
    joinLeave: command.joinLeave &&
      isPermitted(deps, connection, { ...query, action: "presence" }),
    override: command.lasts === "poll"
      ? { ...claims?.override, presence: false, joinLeave: false }
      : claims?.override ?? {},
    serverSide: pending.serverSide,
    tokenAccepted,
    info: optionalJson(decision?.info)?.json ?? claims?.info,
    data: optionalJson(decision?.data),
    expiresAt: claims?.expiresAt ?? Infinity,
  });
  return made ?? endedMeanwhile();
}

/** As many as an answer has room for: a poll comes again for the rest. */
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

function requireStanding({ calledOff }: PendingSubscription): void {
  if (calledOff) endedMeanwhile();
}

/** Who is told so may have heard why before, or has gone. */
function endedMeanwhile(): never {
  throw new ProtocolError(
    errors.permissionDenied,
    "the subscription was ended meanwhile",
  );
}

/** Ends a subscription; the answer is the same where there was none. */
export function unsubscribe(
  { hub }: CommandsDeps,
  connection: Connection,
  { id, channel }: ChannelCommand,
): void {
  hub.unsubscribe(connection, channel);
  connection.reply({ type: "unsubscribed", id, channel });
}

/** Lets a subscription last as long as its new token says. */
export async function refreshSubscription(
  deps: CommandsDeps,
  connection: Connection,
  command: SubRefreshCommand,
): Promise<void> {
  const { hub } = deps;
  const { id, channel } = command;
  const subscription = hub.subscription(connection, channel);
  if (subscription === undefined || subscription.serverSide) {
    throw new ProtocolError(errors.permissionDenied, "not subscribed");
  }
  const claims = await verifyFor(deps, connection, command);
  if (claims === undefined) throw new ProtocolError(errors.badRequest);
  if (!isStill(deps, subscription)) endedMeanwhile();
  subscription.tokenAccepted = true;
  setExpiry(deps, subscription, claims.expiresAt);
  connection.reply({
    type: "refreshed",
    id,
    client: undefined,
    ...lifetime(hub.clock, claims.expiresAt),
  });
}

/** A client of the text protocol may say so twice; an SDK has lost count (105). */
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

/** What the token of a command says, if it has one: it must be for this channel and this client. */
async function verifyFor(
  { tokens, log }: CommandsDeps,
  connection: Connection,
  { token, channel }: { readonly token: string; readonly channel: string },
): Promise<SubscriptionClaims | undefined> {
  if (token === "") return undefined;
  const claims = await verified(log, connection, tokens.subscription(token));
  const isFor = claims.channel === channel && claims.uid === connection.uid &&
    (claims.client === undefined || claims.client === connection.id);
  if (isFor) return claims;
  const error = new TokenError("invalid", "for another channel or client");
  refuseToken(log, connection, error);
}
