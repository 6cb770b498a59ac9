/** What the payloads of tokens say, checked and in the hub's own words. */

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

/** What the token of a connection says (Centrifuge protocol, §10). */
export interface ConnectionClaims {
  /** `undefined` for an anonymous client. */
  readonly uid: string | undefined;
  /** When the connection ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** JSON on one line that others see beside the client's name. */
  readonly info: string | undefined;
  /** What the server subscribes the connection to, by channel. */
  readonly subscriptions: ReadonlyMap<string, ServerSubscription>;
  /** What the application keeps with the connection, never shown to a client. */
  readonly meta: unknown;
  /** What the connection may do beyond what the channels allow. */
  readonly caps: Caps;
}

/** What the token of a subscription says (Centrifuge protocol, §10). */
export interface SubscriptionClaims {
  /** Who may subscribe: the uid that the connection must have; `undefined` for an anonymous one. */
  readonly uid: string | undefined;
  /** The channel that the client must have named. */
  readonly channel: string;
  /** The id of the only connection that may subscribe, if the token is bound to one. */
  readonly client: string | undefined;
  /** When the subscription ends, in milliseconds since 1970; `Infinity` for never. */
  readonly expiresAt: number;
  /** JSON on one line that others see beside the client's name in this channel. */
  readonly info: string | undefined;
  /** What the subscription has otherwise than the channel. */
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
  // A token without a channel is one for "", which no channel is called.
  channel: v.optional(channelSchema, ""),
  client: v.optional(v.string(expected("a string"))),
  override: overrideSchema,
});

/**
 * Reads the payload of a connection's token. Claims it does not know are ignored.
 *
 * @throws {TokenError} With the reason `invalid`, if a claim is not what it should be.
 */
export function parseConnectionClaims(payload: unknown): ConnectionClaims {
  const claims = parse(connectionSchema, payload);
  const caps = parseCaps(claims);
  if (!caps.ok) throw new TokenError("invalid", caps.problems[0] ?? "caps");
  return {
    ...commonClaims(claims),
    subscriptions: new Map([...claims.channels, ...claims.subs]),
    meta: claims.meta,
    caps: caps.value,
  };
}

/**
 * Reads the payload of a subscription's token. Claims it does not know are ignored.
 *
 * @throws {TokenError} With the reason `invalid`, if a claim is not what it should be.
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
  throw new TokenError("invalid", parsed.problems[0] ?? "wrong claims");
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

/** When something ends that says so in seconds: `expire_at`, where 0 is never, goes before `exp`. */
function toExpiresAt(exp = Infinity, expireAt?: number): number {
  if (expireAt === 0) return Infinity;
  return (expireAt ?? exp) * 1000;
}
