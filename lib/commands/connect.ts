/** The commands `connect`, `auth` and `refresh`: who a client is, and what it is subscribed to from the start. */

import type { ServerSubscription } from "../auth/server_subscription.ts";
import { TokenError } from "../auth/token_error.ts";
import type { Connection } from "../connection.ts";
import { DisconnectError, disconnects } from "../disconnect.ts";
import { errors, ProtocolError } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { ANYBODY, type Identity } from "../identity.ts";
import { type ConnectDecision, PLAIN_SUBSCRIPTION } from "../policy.ts";
import type {
  ConnectCommand,
  ConnectResult,
  SubscribeResult,
  TokenCommand,
} from "../protocol/types.ts";
import {
  type Json,
  optionalJson,
  type StreamPosition,
  toValue,
} from "../publication.ts";
import type { CommandsDeps } from "./deps.ts";
import { begin, join, type NewSubscription } from "./join.ts";
import { knownOptions } from "./permission.ts";
import { lifetime, REFRESH_GRACE_MS, refuseToken, verified } from "./tokens.ts";

type Subscriptions = ReadonlyMap<string, ServerSubscription>;

/** A client that may come in. */
interface Admitted {
  readonly identity: Identity;
  readonly subscriptions: Subscriptions;
  /** What the client is told. */
  readonly data: Json | undefined;
}

/** The first command of an SDK. When it fails, the connection is of no use any more. Centrifuge, §3. */
export async function connect(
  deps: CommandsDeps,
  connection: Connection,
  command: ConnectCommand,
): Promise<void> {
  const { hub } = deps;
  const { limits } = hub;
  if (connection.opening !== "awaited") {
    throw new DisconnectError(disconnects.badRequest);
  }
  connection.opening = "refused";
  const claims = command.token === "" ? undefined : await verified(
    deps.log,
    connection,
    deps.tokens.connection(command.token),
  );
  const admitted = await admit(deps, connection, claims, command.data);
  if (connection.closed) return;
  const { identity, data } = admitted;
  const expiresAt = identity.expiresAt + REFRESH_GRACE_MS;
  await hub.identify(connection, { ...identity, expiresAt });
  const made = await subscribeAll(
    deps,
    connection,
    admitted.subscriptions,
    command.positions,
  );
  if (connection.closed) return;
  const subscriptions = new Map(
    made.map(({ subscription, result }): [string, SubscribeResult] => [
      subscription.channel,
      result,
    ]),
  );
  connection.reply({
    type: "connected",
    id: command.id,
    result: {
      client: connection.id,
      ...sessionOf(hub, connection),
      data,
      subscriptions,
      ping: Math.ceil(limits.pingIntervalMs / 1000),
      pong: limits.pongTimeoutMs > 0,
      ...lifetime(hub.clock, identity.expiresAt),
    },
  });
  for (const each of made) begin(deps, each);
}

/** Admits a client that has shown who it is by other means: its handshake, or the frame `auth:…`. */
export function welcome(
  deps: CommandsDeps,
  connection: Connection,
  identity: Identity & { readonly subscriptions?: Subscriptions },
): void | Promise<void> {
  const hasSubscriptions = (identity.subscriptions?.size ?? 0) > 0;
  if (deps.policy.onConnect === undefined && !hasSubscriptions) {
    return deps.hub.identify(connection, identity);
  }
  return welcomeLater(deps, connection, identity);
}

/** The frame `auth:<token>` of the text protocol. */
export async function authenticate(
  deps: CommandsDeps,
  connection: Connection,
  { token }: TokenCommand,
): Promise<void> {
  const { tokens, log } = deps;
  const claims = await verifiedOnly(deps, connection, tokens.connection(token));
  if (connection.closed) return;
  const { uid } = connection;
  if (claims.uid === undefined || uid !== undefined && uid !== claims.uid) {
    const error = new TokenError("invalid", "for nobody, or another uid");
    return refuseToken(log, connection, error);
  }
  if (connection.opening === "done" && uid === claims.uid) {
    return deps.hub.renew(connection, claims.expiresAt);
  }
  await welcome(deps, connection, claims);
}

/** Lets a connection last as long as its new token says. Centrifuge, §3. */
export async function refresh(
  deps: CommandsDeps,
  connection: Connection,
  { id, token }: TokenCommand,
): Promise<void> {
  const { hub, log, tokens } = deps;
  if (token === "") throw new ProtocolError(errors.badRequest);
  const claims = await verified(log, connection, tokens.connection(token));
  if (claims.uid !== connection.uid) {
    const error = new TokenError("invalid", "for another uid");
    return refuseToken(log, connection, error);
  }
  if (connection.closed) return;
  connection.caps = claims.caps;
  hub.renew(connection, claims.expiresAt + REFRESH_GRACE_MS);
  connection.reply({
    type: "refreshed",
    id,
    client: connection.id,
    ...lifetime(hub.clock, claims.expiresAt),
  });
}

async function welcomeLater(
  deps: CommandsDeps,
  connection: Connection,
  identity: Identity & { readonly subscriptions?: Subscriptions },
): Promise<void> {
  const admitted = await admit(deps, connection, identity, undefined)
    .catch((error) => turnAway(connection, error));
  if (connection.closed) return;
  await deps.hub.identify(connection, admitted.identity);
  const { subscriptions } = admitted;
  const made = await subscribeAll(deps, connection, subscriptions, new Map());
  for (const each of made) {
    const { subscription: { channel }, result } = each;
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

/** Whom the application refuses gets no second chance on this connection: it has no way to ask again. */
function turnAway(connection: Connection, error: unknown): never {
  if (!(error instanceof ProtocolError)) throw error;
  const { code, message } = error;
  connection.reply({ type: "error", id: 0, code, message });
  throw new DisconnectError(disconnects.permissionDenied);
}

/** Text clients cannot come again with a newer token by themselves: one that has expired ends the connection too. */
async function verifiedOnly<Claims>(
  deps: CommandsDeps,
  connection: Connection,
  claims: Promise<Claims>,
): Promise<Claims> {
  try {
    return await verified(deps.log, connection, claims);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new DisconnectError(
      error.temporary ? disconnects.internal : disconnects.invalidToken,
    );
  }
}

/** Asks the application, which may let in whom no token names. */
async function admit(
  { hub, policy, insecure }: CommandsDeps,
  connection: Connection,
  claims: Identity & { readonly subscriptions?: Subscriptions } | undefined,
  data: Json | undefined,
): Promise<Admitted> {
  const decision = await policy.onConnect?.({
    connection,
    uid: claims?.uid,
    data: toValue(data),
  });
  const isNamed = claims !== undefined || decision?.uid !== undefined;
  if (!isNamed && !insecure) throw new ProtocolError(errors.unauthorized);
  const { uid, info, channels = [] }: ConnectDecision = decision ?? {};
  const known = claims ?? ANYBODY;
  const subscriptions = new Map([
    ...channels.map((channel) => [channel, PLAIN_SUBSCRIPTION] as const),
    ...claims?.subscriptions ?? [],
  ]);
  requireChannels(hub, subscriptions);
  return {
    identity: {
      ...known,
      uid: uid ?? known.uid,
      info: optionalJson(info)?.json ?? known.info,
    },
    subscriptions,
    data: optionalJson(decision?.data),
  };
}

/** What a client cannot be subscribed to is known before it is let in. */
function requireChannels(hub: Hub, subscriptions: Subscriptions): void {
  if (subscriptions.size > hub.limits.maxChannels) {
    throw new DisconnectError(disconnects.channelLimit);
  }
  for (const channel of subscriptions.keys()) knownOptions(hub, channel);
}

/** Subscribes a client that is let in; who cannot have all of its channels has to come again. */
async function subscribeAll(
  deps: CommandsDeps,
  connection: Connection,
  subscriptions: Subscriptions,
  positions: ReadonlyMap<string, StreamPosition>,
): Promise<NewSubscription[]> {
  const made: NewSubscription[] = [];
  try {
    for (const [channel, { info, data, override }] of subscriptions) {
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
    }
  } catch (error) {
    deps.log.error("connect_failed", { connection: connection.id, error });
    throw new DisconnectError(disconnects.internal);
  }
  return made;
}
