/** Admission of a client: by the command `connect`, or by what its handshake or its token has shown. */

import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { logFailure } from "../base/log.ts";
import type {
  ConnectCommand,
  ConnectResult,
  SubscribeResult,
} from "../protocol/types.ts";
import type { StreamPosition } from "../base/publication.ts";
import type { Subscription } from "../hub/subscription.ts";
import {
  type Authorization,
  authorize,
  type ClaimedIdentity,
  type FirstSubscriptions,
} from "./authorize.ts";
import type { CommandsDeps } from "./deps.ts";
import { begin, makeSubscription } from "./make_subscription.ts";
import { lifetime, REFRESH_GRACE_MS, verified } from "./tokens.ts";

/** Most clients subscribe by themselves. */
const NONE: ReadonlyMap<Subscription, SubscribeResult> = new Map();

/** Admits a client by the first command of an SDK. Centrifuge, §3. */
export async function connect(
  deps: CommandsDeps,
  connection: Connection,
  { id, token, data, positions, headers }: ConnectCommand,
): Promise<void> {
  const { hub, log, tokens } = deps;
  if (connection.opening !== "awaited") {
    throw new DisconnectError(disconnects.badRequest);
  }
  connection.opening = "begun";
  const claims = token === ""
    ? undefined
    : await verified(log, connection, tokens.connection(token));
  if (connection.closed) return;
  // Most clients wait for nothing: a promise that is awaited all the same takes time.
  const authorizing = authorize(deps, connection, { claims, data, headers });
  const { identity, subscriptions, data: answer } =
    authorizing instanceof Promise ? await authorizing : authorizing;
  const expiresAt = identity.expiresAt + REFRESH_GRACE_MS;
  // It receives nothing before the reply.
  const authenticated = hub.authenticate(connection, {
    ...identity,
    expiresAt,
  });
  if (claims !== undefined) connection.subject = claims.uid;
  if (authenticated !== undefined) await authenticated;
  const made = subscriptions.size === 0
    ? NONE
    : await subscribeAll(deps, connection, subscriptions, positions);
  connection.reply({
    type: "connected",
    id,
    result: {
      client: connection.id,
      ...sessionOf(hub, connection),
      data: answer,
      subscriptions: resultsOf(made),
      ping: Math.ceil(connection.intervals.pingMs / 1000),
      pong: connection.intervals.pongMs > 0,
      ...lifetime(hub.clock, identity.expiresAt),
    },
  });
  hub.ready(connection);
  for (const subscription of made.keys()) begin(deps, subscription);
}

/** Admits a client that has shown its identity by other means: its handshake, or the frame `auth:…`. */
export function admit(
  deps: CommandsDeps,
  connection: Connection,
  identity: ClaimedIdentity,
): void | Promise<void> {
  const hasSubscriptions = (identity.subscriptions?.size ?? 0) > 0;
  if (deps.hooks.onConnect === undefined && !hasSubscriptions) {
    return deps.hub.authenticate(connection, identity);
  }
  return admitLater(deps, connection, identity);
}

async function admitLater(
  deps: CommandsDeps,
  connection: Connection,
  claims: ClaimedIdentity,
): Promise<void> {
  const request = { claims, data: undefined };
  let authorization: Authorization;
  try {
    authorization = await authorize(deps, connection, request);
  } catch (error) {
    refuse(connection, error);
  }
  await enter(deps, connection, claims, authorization);
}

/**
 * Gives an anonymous client the name that it claims. Where the program has
 * `onConnect`, it decides about the name as it does about one in the handshake.
 *
 * @throws {ProtocolError} If the program refuses the name; the client stays, without one.
 */
export function claim(
  deps: CommandsDeps,
  connection: Connection,
  identity: ClaimedIdentity,
): void | Promise<void> {
  if (deps.hooks.onConnect === undefined) {
    return deps.hub.authenticate(connection, identity);
  }
  return claimLater(deps, connection, identity);
}

async function claimLater(
  deps: CommandsDeps,
  connection: Connection,
  claims: ClaimedIdentity,
): Promise<void> {
  const request = { claims, data: undefined };
  const authorization = await authorize(deps, connection, request);
  await enter(deps, connection, claims, authorization);
}

async function enter(
  deps: CommandsDeps,
  connection: Connection,
  claims: ClaimedIdentity,
  { identity, subscriptions }: Authorization,
): Promise<void> {
  const authenticated = deps.hub.authenticate(connection, identity);
  connection.subject = claims.uid ?? identity.uid;
  await authenticated;
  if (subscriptions.size === 0) return;
  const made = await subscribeAll(deps, connection, subscriptions);
  for (const [subscription, result] of made) {
    // The push before may have ended it.
    if (subscription.ended) continue;
    const { channel } = subscription;
    connection.push({ type: "subscribed", channel, result });
    begin(deps, subscription);
  }
}

/** Address for the requests of a client that cannot send over its transport. Centrifuge, §1. */
function sessionOf(
  { broker }: CommandsDeps["hub"],
  { session }: Connection,
): Pick<ConnectResult, "session" | "node"> {
  return session === undefined ? {} : { session, node: broker.node };
}

function resultsOf(
  made: ReadonlyMap<Subscription, SubscribeResult>,
): ReadonlyMap<string, SubscribeResult> {
  return new Map(
    [...made].map(([{ channel }, result]) => [channel, result]),
  );
}

/** Ends a connection that the program has refused: it has no way to ask again. */
function refuse(connection: Connection, error: unknown): never {
  if (!(error instanceof ProtocolError)) throw error;
  const { code, message } = error;
  connection.reply({ type: "error", id: 0, code, message });
  throw new DisconnectError(disconnects.permissionDenied);
}

/**
 * Subscribes a client that is admitted, to the channels that it is not subscribed to
 * meanwhile; resolves with the subscriptions that stand.
 *
 * @throws {DisconnectError} If it cannot have all of its channels: it has to connect again.
 */
async function subscribeAll(
  deps: CommandsDeps,
  connection: Connection,
  wanted: FirstSubscriptions,
  positions?: ReadonlyMap<string, StreamPosition>,
): Promise<ReadonlyMap<Subscription, SubscribeResult>> {
  const { hub } = deps;
  const made = new Map<Subscription, SubscribeResult>();
  for (const [channel, { options, info, data, override }] of wanted) {
    try {
      const subscription = hub.subscriptions.reserve(connection, channel, {
        serverSide: true,
      });
      const result = await makeSubscription(deps, subscription, {
        options,
        override,
        tokenAccepted: true,
        since: positions?.get(channel),
        info,
        data: data === undefined ? undefined : { json: data },
      });
      if (result !== undefined) made.set(subscription, result);
    } catch (error) {
      const isThere = error instanceof ProtocolError &&
        error.code === errors.alreadySubscribed.code;
      if (isThere) continue;
      logFailure(hub, "connect_failed", { connection: connection.id, error });
      throw new DisconnectError(disconnects.internal);
    }
  }
  for (const subscription of made.keys()) {
    if (subscription.ended) made.delete(subscription);
  }
  return made;
}
