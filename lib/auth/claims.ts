/** Claims of tokens, checked, under the hub's own names. */

import * as v from "valibot";
import { expected, parseJson } from "../base/json.ts";
import { isUid } from "../base/names.ts";
import { type Caps, parseCaps } from "./caps.ts";
import {
  base64JsonSchema,
  channelSchema,
  channelsSchema,
  jsonSchema,
  overrideSchema,
  type ServerSubscription,
  type SubscriptionOverride,
  subsSchema,
} from "./server_subscription.ts";
import { TokenError } from "./token_error.ts";

/** Claims of a connection token (Centrifuge protocol, §10). */
export interface ConnectionClaims {
  /** `undefined` for an anonymous client. */
  readonly uid: string | undefined;
  /** End of the connection in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** JSON on one line that other clients see next to the uid. */
  readonly info: string | undefined;
  /** Subscriptions that the server makes for the connection, by channel. */
  readonly subscriptions: ReadonlyMap<string, ServerSubscription>;
  /** Value that the application keeps with the connection; no client sees it. */
  readonly meta: unknown;
  /** Permissions besides those of the namespaces. */
  readonly caps: Caps;
}

/** Claims of a subscription token (Centrifuge protocol, §10). */
export interface SubscriptionClaims {
  /** Uid that the connection must have; `undefined` for an anonymous client. */
  readonly uid: string | undefined;
  /** Channel that the token is for. */
  readonly channel: string;
  /** Id of the only connection that may use the token; `undefined` for any. */
  readonly client: string | undefined;
  /** End of the subscription in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** JSON on one line that other clients in this channel see next to the uid. */
  readonly info: string | undefined;
  /** Options of the channel that the subscription overrides. */
  readonly override: SubscriptionOverride;
}

const uidSchema = v.optional(v.pipe(
  v.string(expected("a string")),
  v.check((name) => name === "" || isUid(name), expected("a uid")),
  v.transform((name) => name || undefined),
));

const secondsSchema = v.optional(v.number(expected("a number of seconds")));

const commonEntries = {
  sub: uidSchema,
  exp: secondsSchema,
  expire_at: secondsSchema,
  info: jsonSchema,
  b64info: base64JsonSchema,
};

const connectionSchema = v.object({
  ...commonEntries,
  channels: channelsSchema,
  subs: subsSchema,
  meta: v.optional(v.unknown()),
  caps: v.optional(v.unknown()),
});

const subscriptionSchema = v.object({
  ...commonEntries,
  // No channel is called "", so a token without a channel fits none.
  channel: v.optional(channelSchema, ""),
  client: v.optional(v.string(expected("a string"))),
  override: overrideSchema,
});

/**
 * Reads the payload of a connection token. Unknown claims are ignored.
 *
 * @throws {TokenError} With the reason `invalid`, if a claim has an invalid value.
 */
export function parseConnectionClaims(payload: unknown): ConnectionClaims {
  const claims = parse(connectionSchema, payload);
  const caps = parseCaps(claims);
  if (!caps.ok) {
    throw new TokenError("invalid", caps.problems[0] ?? "invalid caps");
  }
  return {
    ...commonClaims(claims),
    subscriptions: new Map([...claims.channels, ...claims.subs]),
    meta: claims.meta,
    caps: caps.value,
  };
}

/**
 * Reads the payload of a subscription token. Unknown claims are ignored.
 *
 * @throws {TokenError} With the reason `invalid`, if a claim has an invalid value.
 */
export function parseSubscriptionClaims(payload: unknown): SubscriptionClaims {
  const claims = parse(subscriptionSchema, payload);
  return {
    ...commonClaims(claims),
    channel: claims.channel,
    client: claims.client,
    override: claims.override,
  };
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  payload: unknown,
): v.InferOutput<Schema> {
  const parsed = parseJson(schema, payload);
  if (parsed.ok) return parsed.value;
  throw new TokenError("invalid", parsed.problems[0] ?? "invalid claims");
}

function commonClaims(
  { sub, exp, expire_at, info, b64info }: v.InferOutput<
    v.ObjectSchema<typeof commonEntries, undefined>
  >,
) {
  return {
    uid: sub,
    expiresAt: toExpiresAt(exp, expire_at),
    info: b64info ?? info,
  };
}

/** End in milliseconds: of `expire_at`, whose 0 is never, or else of `exp`, both in seconds. */
function toExpiresAt(exp = Infinity, expireAt?: number): number {
  if (expireAt === 0) return Infinity;
  return (expireAt ?? exp) * 1000;
}
