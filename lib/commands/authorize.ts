/** Who is let in, as whom, and to which channels from the start: the token and the program decide together. */

import { isFor } from "../auth/permissions.ts";
import type { ServerSubscription } from "../auth/server_subscription.ts";
import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Hub } from "../hub/hub.ts";
import { ANYBODY, type Identity } from "../hub/identity.ts";
import { isUid } from "../base/names.ts";
import { type ConnectDecision, PLAIN_SUBSCRIPTION } from "../hub/hooks.ts";
import { type Json, optionalJson, toValue } from "../base/publication.ts";
import type { CommandsDeps } from "./deps.ts";
import { knownOptions } from "./permission.ts";

/** Subscriptions that the server makes, by channel. */
export type ServerSubscriptions = ReadonlyMap<string, ServerSubscription>;

/** Who a client has shown to be, and what it is to be subscribed to. */
export type ClaimedIdentity = Identity & {
  readonly subscriptions?: ServerSubscriptions;
};

/** A client that may come in. */
export interface Admitted {
  readonly identity: Identity;
  readonly subscriptions: ServerSubscriptions;
  /** What the client is told. */
  readonly data: Json | undefined;
}

/** Who wants to come in: by its token, if it has one, and by its own words. */
export interface ConnectRequest {
  readonly claims: ClaimedIdentity | undefined;
  readonly data: Json | undefined;
}

/**
 * Asks the application, which may let in whom no token names.
 *
 * @throws {ProtocolError} If nobody lets the client in (101), or to an unknown channel (102).
 * @throws {DisconnectError} If it has too many channels (3505), or no uid can be what the application says (3004).
 */
export async function admit(
  deps: CommandsDeps,
  connection: Connection,
  { claims, data }: ConnectRequest,
): Promise<Admitted> {
  const decision = await deps.policy.onConnect?.({
    connection,
    headers: connection.headers,
    uid: claims?.uid,
    data: toValue(data),
  });
  const isNamed = claims !== undefined || decision?.uid !== undefined;
  if (!isNamed && !deps.insecure) throw new ProtocolError(errors.unauthorized);
  const { info, channels = [] }: ConnectDecision = decision ?? {};
  const known = claims ?? ANYBODY;
  const uid = decideUid(deps, connection, decision?.uid) ?? known.uid;
  const identity = {
    ...known,
    uid: uid === "" ? undefined : uid,
    info: optionalJson(info)?.json ?? known.info,
  };
  const subscriptions = new Map([
    ...channels.map((channel) => [channel, PLAIN_SUBSCRIPTION] as const),
    ...own(deps, connection, identity.uid, claims?.subscriptions),
  ]);
  requireChannels(deps.hub, subscriptions);
  return { identity, subscriptions, data: optionalJson(decision?.data) };
}

/** What the application calls a client, `""` being nobody; `undefined` where it does not say. */
function decideUid(
  { log }: CommandsDeps,
  connection: Connection,
  uid: unknown,
): string | undefined {
  if (uid === undefined) return undefined;
  if (typeof uid === "string" && (uid === "" || isUid(uid))) return uid;
  const error = new TypeError(
    "Cannot let a client in: the uid of onConnect is none",
  );
  log.error("policy_failed", { connection: connection.id, error });
  throw new DisconnectError(disconnects.internal);
}

/** The subscriptions of a token without those to channels of other users, which nothing that is signed opens. */
function own(
  { insecure, log }: CommandsDeps,
  connection: Connection,
  uid: string | undefined,
  subscriptions: ServerSubscriptions = new Map(),
): readonly (readonly [string, ServerSubscription])[] {
  return [...subscriptions].filter(([channel]) => {
    if (insecure || isFor(channel, uid)) return true;
    const { id } = connection;
    log.info("subscription_refused", { connection: id, uid, channel });
    return false;
  });
}

/** What a client cannot be subscribed to is known before it is let in. */
function requireChannels(hub: Hub, subscriptions: ServerSubscriptions): void {
  if (subscriptions.size > hub.limits.maxChannels) {
    throw new DisconnectError(disconnects.channelLimit);
  }
  for (const channel of subscriptions.keys()) knownOptions(hub, channel);
}
