/** How a client comes in: by the command `connect`, or by what its handshake or its token has shown. */

import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import { levelOfFailure } from "../base/log.ts";
import type {
  ConnectCommand,
  ConnectResult,
  SubscribeResult,
} from "../protocol/types.ts";
import type { StreamPosition } from "../base/publication.ts";
import {
  admit,
  type ClaimedIdentity,
  type ServerSubscriptions,
} from "./authorize.ts";
import type { CommandsDeps } from "./deps.ts";
import {
  begin,
  isStill,
  join,
  type NewSubscription,
} from "./make_subscription.ts";
import { knownOptions } from "./permission.ts";
import { lifetime, REFRESH_GRACE_MS, verified } from "./tokens.ts";

/** The first command of an SDK. When it fails, the connection is of no use any more. Centrifuge, §3. */
export async function connect(
  deps: CommandsDeps,
  connection: Connection,
  { id, token, data, positions }: ConnectCommand,
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
  const admitted = await admit(deps, connection, { claims, data });
  const { identity } = admitted;
  const expiresAt = identity.expiresAt + REFRESH_GRACE_MS;
  // Whatever it would be told now would come before the answer.
  const identified = hub.identify(connection, { ...identity, expiresAt });
  if (claims !== undefined) connection.subject = claims.uid;
  await identified;
  const { subscriptions } = admitted;
  const joined = await subscribeAll(deps, connection, subscriptions, positions);
  const made = joined.filter((each) => isStill(deps, each.subscription));
  connection.reply({
    type: "connected",
    id,
    result: {
      client: connection.id,
      ...sessionOf(hub, connection),
      data: admitted.data,
      subscriptions: resultsOf(made),
      ping: Math.ceil(hub.limits.pingIntervalMs / 1000),
      pong: hub.limits.pongTimeoutMs > 0,
      ...lifetime(hub.clock, identity.expiresAt),
    },
  });
  hub.open(connection);
  for (const each of made) begin(deps, each);
}

/** Admits a client that has shown who it is by other means: its handshake, or the frame `auth:…`. */
export function welcome(
  deps: CommandsDeps,
  connection: Connection,
  identity: ClaimedIdentity,
): void | Promise<void> {
  const hasSubscriptions = (identity.subscriptions?.size ?? 0) > 0;
  if (deps.policy.onConnect === undefined && !hasSubscriptions) {
    return deps.hub.identify(connection, identity);
  }
  return welcomeLater(deps, connection, identity);
}

async function welcomeLater(
  deps: CommandsDeps,
  connection: Connection,
  claims: ClaimedIdentity,
): Promise<void> {
  const applicant = { claims, data: undefined };
  const admitted = await admit(deps, connection, applicant)
    .catch((error) => turnAway(connection, error));
  const { identity, subscriptions } = admitted;
  const identified = deps.hub.identify(connection, identity);
  connection.subject = claims.uid ?? identity.uid;
  await identified;
  const made = await subscribeAll(deps, connection, subscriptions, new Map());
  for (const each of made) {
    const { subscription, result } = each;
    if (!isStill(deps, subscription)) continue;
    const { channel } = subscription;
    connection.push({ type: "subscribed", channel, result });
    begin(deps, each);
  }
}

/** Where the requests of a client go that cannot speak over its transport. Centrifuge, §1. */
function sessionOf(
  { broker }: CommandsDeps["hub"],
  { session }: Connection,
): Pick<ConnectResult, "session" | "node"> {
  return session === undefined ? {} : { session, node: broker.node };
}

function resultsOf(
  made: readonly NewSubscription[],
): ReadonlyMap<string, SubscribeResult> {
  return new Map(
    made.map(({ subscription, result }) => [subscription.channel, result]),
  );
}

/** Whom the application refuses gets no second chance on this connection: it has no way to ask again. */
function turnAway(connection: Connection, error: unknown): never {
  if (!(error instanceof ProtocolError)) throw error;
  const { code, message } = error;
  connection.reply({ type: "error", id: 0, code, message });
  throw new DisconnectError(disconnects.permissionDenied);
}

/**
 * Subscribes a client that is let in, to what it is not subscribed to meanwhile.
 *
 * @throws {DisconnectError} If it cannot have all of its channels: it has to come again.
 */
async function subscribeAll(
  deps: CommandsDeps,
  connection: Connection,
  subscriptions: ServerSubscriptions,
  positions: ReadonlyMap<string, StreamPosition>,
): Promise<NewSubscription[]> {
  const made: NewSubscription[] = [];
  for (const [channel, { info, data, override }] of subscriptions) {
    try {
      const one = await join(deps, connection, {
        channel,
        options: knownOptions(deps.hub, channel),
        override,
        serverSide: true,
        tokenAccepted: true,
        since: positions.get(channel),
        positioned: false,
        joinLeave: false,
        delta: false,
        info,
        data: data === undefined ? undefined : { json: data },
        expiresAt: Infinity,
      });
      if (one !== undefined) made.push(one);
    } catch (error) {
      const isThere = error instanceof ProtocolError &&
        error.code === errors.alreadySubscribed.code;
      if (isThere) continue;
      const level = levelOfFailure(deps.hub.broker);
      deps.log[level]("connect_failed", { connection: connection.id, error });
      throw new DisconnectError(disconnects.internal);
    }
  }
  return made;
}
