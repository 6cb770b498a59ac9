/** Decision about a client's admission, its identity and its first channels, by its token and the program together. */

import { isFor } from "../auth/permissions.ts";
import type { ServerSubscription } from "../auth/server_subscription.ts";
import type { ChannelOptions } from "../channel/channel_options.ts";
import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Hub } from "../hub/hub.ts";
import { ANYBODY, type Identity } from "../hub/identity.ts";
import { isUid, UID_RULE } from "../base/names.ts";
import {
  type ConnectDecision,
  decisionOf,
  PLAIN_SUBSCRIPTION,
} from "../hub/hooks.ts";
import {
  type Json,
  optionalJson,
  type Payload,
  toClientValue,
} from "../base/publication.ts";
import type { CommandsDeps } from "./deps.ts";
import { emulatedHeaders } from "./emulated_headers.ts";
import { knownOptions } from "./permission.ts";

/** Subscriptions that the server makes, by channel. */
type ServerSubscriptions = ReadonlyMap<string, ServerSubscription>;

/** Subscriptions of a client that is admitted, by channel, with the options of their channels. */
export type FirstSubscriptions = ReadonlyMap<
  string,
  ServerSubscription & { readonly options: ChannelOptions }
>;

/** Identity that a client has shown, and its subscriptions. */
export type ClaimedIdentity = Identity & {
  readonly subscriptions?: ServerSubscriptions;
};

/** Admission of a client. */
export interface Authorization {
  readonly identity: Identity;
  readonly subscriptions: FirstSubscriptions;
  /** Data that the client is sent. */
  readonly data: Json | undefined;
}

const NO_SUBSCRIPTIONS: ReadonlyMap<string, never> = new Map<string, never>();
const NO_HEADERS: ReadonlyMap<string, string> = new Map();

/** Request for admission: the claims of the client's token, if it has one, and its own data. */
export interface ConnectRequest {
  readonly claims: ClaimedIdentity | undefined;
  readonly data: Payload | undefined;
  /** Headers of its command, allowed or not. */
  readonly headers?: ReadonlyMap<string, string>;
}

/**
 * Decides about a client, at once where the program has no word in it; the program may
 * admit one without a token.
 *
 * @throws {ProtocolError} If the client is not admitted (101), or one of its channels is unknown (102).
 * @throws {DisconnectError} If it has too many channels (3505), or an invalid uid from the program (3004).
 */
export function authorize(
  deps: CommandsDeps,
  connection: Connection,
  request: ConnectRequest,
): Authorization | Promise<Authorization> {
  const { claims } = request;
  return deps.hooks.onConnect === undefined
    ? decide(deps, connection, claims)
    : ask(deps, connection, request);
}

async function ask(
  deps: CommandsDeps,
  connection: Connection,
  { claims, data, headers = NO_HEADERS }: ConnectRequest,
): Promise<Authorization> {
  const answer = await deps.hooks.onConnect?.({
    connection,
    headers: connection.headers,
    uid: claims?.uid,
    data: toClientValue(data),
    emulatedHeaders: emulatedHeaders(headers, deps.emulatedHeaders),
  });
  const decision = decisionOf("onConnect", answer);
  return decide(deps, connection, claims, decision);
}

function decide(
  deps: CommandsDeps,
  connection: Connection,
  claims: ClaimedIdentity | undefined,
  decision?: ConnectDecision,
): Authorization {
  const isNamed = claims !== undefined || decision?.uid !== undefined;
  if (!isNamed && !deps.insecure) throw new ProtocolError(errors.unauthorized);
  const { info, channels = [] }: ConnectDecision = decision ?? {};
  const known = claims ?? ANYBODY;
  const given = decideUid(deps, connection, decision?.uid);
  const uid = given ?? known.uid;
  const identity = {
    ...known,
    uid: uid === "" ? undefined : uid,
    claimed: given === undefined && known.claimed,
    info: optionalJson(info, "connect with the info")?.json ?? known.info,
  };
  const claimed = claims?.subscriptions ?? NO_SUBSCRIPTIONS;
  const hasSubscriptions = channels.length > 0 || claimed.size > 0;
  return {
    identity,
    subscriptions: hasSubscriptions
      ? resolveAll(
        deps.hub,
        new Map([
          ...channels.map((channel) => [channel, PLAIN_SUBSCRIPTION] as const),
          ...own(deps, connection, identity.uid, claimed),
        ]),
      )
      : NO_SUBSCRIPTIONS,
    data: optionalJson(decision?.data, "connect with the data"),
  };
}

/** The uid that the program gives a client, `""` for an anonymous one; `undefined` if it gives none. */
function decideUid(
  { log }: CommandsDeps,
  connection: Connection,
  uid: unknown,
): string | undefined {
  if (uid === undefined) return undefined;
  if (typeof uid === "string" && (uid === "" || isUid(uid))) return uid;
  const error = new TypeError(
    `Cannot admit a client: onConnect returned an invalid uid, expected ${UID_RULE}`,
  );
  log.error("hook_failed", { connection: connection.id, error });
  throw new DisconnectError(disconnects.internal);
}

/** Subscriptions of a token without those to channels of other users, which no token opens. */
function own(
  { insecure, log }: CommandsDeps,
  connection: Connection,
  uid: string | undefined,
  subscriptions: ServerSubscriptions,
): readonly (readonly [string, ServerSubscription])[] {
  return [...subscriptions].filter(([channel]) => {
    if (insecure || isFor(channel, uid)) return true;
    const { id } = connection;
    log.info("subscription_refused", { connection: id, uid, channel });
    return false;
  });
}

/** Adds the options of each channel, so that an unknown one is refused before the client is admitted. */
function resolveAll(
  hub: Hub,
  subscriptions: ServerSubscriptions,
): FirstSubscriptions {
  if (subscriptions.size > hub.limits.maxChannels) {
    throw new DisconnectError(disconnects.channelLimit);
  }
  return new Map(
    [...subscriptions].map(([channel, subscription]) => [
      channel,
      { ...subscription, options: knownOptions(hub, channel) },
    ]),
  );
}
