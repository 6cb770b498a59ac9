/** A subscription that the server makes or shapes, as a token describes it. */

import * as v from "valibot";
import { expected, jsonObject } from "../base/json.ts";
import { isName } from "../base/names.ts";

/** Settings of a channel that one subscription has otherwise; what is left out stays as the channel has it. */
export interface SubscriptionOverride {
  /** Whether the subscriber is listed as present. */
  readonly presence?: boolean;
  /** Whether others are told that the subscriber came and went. */
  readonly joinLeave?: boolean;
  /** Whether it recovers what it missed, although the client did not ask. */
  readonly forceRecovery?: boolean;
  /** Whether it carries its position, although the client did not ask. */
  readonly forcePositioning?: boolean;
  /** Whether it is told who comes and goes, although the client did not ask. */
  readonly forcePushJoinLeave?: boolean;
}

/** A subscription that the server makes for a connection. */
export interface ServerSubscription {
  /** JSON on one line that others see beside the client's name in this channel. */
  readonly info: string | undefined;
  /** JSON on one line that the client is given when it is subscribed. */
  readonly data: string | undefined;
  /** What it has otherwise than the channel. */
  readonly override: SubscriptionOverride;
}

/** The name of a channel; not that of an inbox, which no token opens. */
export const channelSchema = v.pipe(
  v.string(expected("a string")),
  v.check(isName, expected("the name of a channel")),
);

/** Any JSON, kept as text. */
export const jsonSchema = v.optional(
  v.pipe(v.unknown(), v.transform((value): string => JSON.stringify(value))),
);

/** JSON in base64 (RFC 4648, section 4), kept as text; empty is as good as absent. */
export const base64JsonSchema = v.optional(v.pipe(
  v.string(expected("a string")),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    if (value === "") return undefined;
    try {
      const bytes = Uint8Array.fromBase64(value);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      // Written anew, for a line break in a frame is where the next message begins.
      return JSON.stringify(JSON.parse(text));
    } catch (error) {
      // The decoders of base64 and JSON throw the one, that of UTF-8 the other.
      if (!(error instanceof SyntaxError || error instanceof TypeError)) {
        throw error;
      }
      addIssue({ message: expected("JSON in base64") });
      return NEVER;
    }
  }),
));

/** `{ "value": true }`; without a value it says no. */
function flag(description: string) {
  return v.pipe(
    v.optional(v.pipe(
      jsonObject,
      v.object({
        value: v.optional(v.boolean(expected("true or false")), false),
      }),
      v.transform(({ value }) => value),
    )),
    v.description(description),
  );
}

/** The claim `override`. */
export const overrideSchema = v.optional(
  v.pipe(
    jsonObject,
    v.object({
      presence: flag("whether it is listed as present"),
      join_leave: flag("whether others are told of it"),
      force_recovery: flag("whether it recovers unasked"),
      force_positioning: flag("whether it has a position unasked"),
      force_push_join_leave: flag("whether it is told of others unasked"),
    }),
    v.transform((flags): SubscriptionOverride => ({
      presence: flags.presence,
      joinLeave: flags.join_leave,
      forceRecovery: flags.force_recovery,
      forcePositioning: flags.force_positioning,
      forcePushJoinLeave: flags.force_push_join_leave,
    })),
  ),
  {},
);

const subscriptionSchema = v.pipe(
  jsonObject,
  v.object({
    info: jsonSchema,
    b64info: base64JsonSchema,
    data: jsonSchema,
    b64data: base64JsonSchema,
    override: overrideSchema,
  }),
  v.transform((claims): ServerSubscription => ({
    info: claims.b64info ?? claims.info,
    data: claims.b64data ?? claims.data,
    override: claims.override,
  })),
);

/** The claim `channels`: subscriptions without wishes of their own. */
export const channelsSchema = v.optional(
  v.pipe(
    v.array(channelSchema, expected("an array")),
    v.mapItems((name): [string, ServerSubscription] => [
      name,
      { info: undefined, data: undefined, override: {} },
    ]),
  ),
  [],
);

/** The claim `subs`, as entries: valibot's own records drop a channel that is called `__proto__`. */
export const subsSchema = v.optional(
  v.pipe(
    jsonObject,
    v.transform(Object.entries),
    v.array(v.tuple([channelSchema, subscriptionSchema])),
  ),
  {},
);
