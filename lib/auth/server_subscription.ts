/** Subscriptions that the server makes or changes, as tokens describe them. */

import { fromBase64 } from "../base/bytes.ts";
import * as v from "valibot";
import { expected, jsonObject } from "../base/json.ts";
import { isName } from "../base/names.ts";
import { isTooDeep, MAX_DEPTH } from "../base/record.ts";

/** Options of a channel that one subscription overrides; the others stay. */
export interface SubscriptionOverride {
  /** True if the subscriber is in the channel's presence. */
  readonly presence?: boolean;
  /** True if other subscribers receive this one's join and leave. */
  readonly joinLeave?: boolean;
  /** True if the subscription recovers without being asked to. */
  readonly forceRecovery?: boolean;
  /** True if the client receives positions without asking for them. */
  readonly forcePositioning?: boolean;
  /** True if the client receives joins and leaves without asking for them. */
  readonly forcePushJoinLeave?: boolean;
}

/** A subscription that the server makes for a connection. */
export interface ServerSubscription {
  /** JSON on one line that other clients in this channel see next to the uid. */
  readonly info: string | undefined;
  /** JSON on one line that the client receives with the subscription. */
  readonly data: string | undefined;
  /** Options of the channel that it overrides. */
  readonly override: SubscriptionOverride;
}

/** Schema of a channel's name. The name of an inbox is invalid. */
export const channelSchema = v.pipe(
  v.string(expected("a string")),
  v.check(isName, expected("the name of a channel")),
);

const jsonText = v.pipe(
  v.unknown(),
  v.check(
    (value) => !isTooDeep(value),
    expected(`JSON of at most ${MAX_DEPTH} levels`),
  ),
  v.transform((value): string => JSON.stringify(value)),
);

/** Schema of any JSON of at most {@linkcode MAX_DEPTH} levels; its output is the text. */
export const jsonSchema = v.optional(jsonText);

/** Schema of the same in base64 (RFC 4648, section 4). An empty string counts as absent. */
export const base64JsonSchema = v.optional(v.pipe(
  v.string(expected("a string")),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): unknown => {
    if (value === "") return undefined;
    try {
      const bytes = fromBase64(value);
      return JSON.parse(
        new TextDecoder("utf-8", { fatal: true }).decode(bytes),
      );
    } catch (error) {
      // The decoders of base64 and JSON throw SyntaxError, that of UTF-8 TypeError.
      if (!(error instanceof SyntaxError || error instanceof TypeError)) {
        throw error;
      }
      addIssue({ message: expected("JSON in base64") });
      return NEVER;
    }
  }),
  // Written anew, because a line break in a frame separates messages.
  v.optional(jsonText),
));

/** Schema of `{ "value": true }`; the default is `false`. */
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

/** Schema of the claim `override`. */
export const overrideSchema = v.optional(
  v.pipe(
    jsonObject,
    v.object({
      presence: flag("listed in the presence"),
      join_leave: flag("its join and leave are sent to the others"),
      force_recovery: flag("recovers without being asked to"),
      force_positioning: flag("receives positions without asking"),
      force_push_join_leave: flag("receives joins and leaves without asking"),
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

/** Schema of the claim `channels`: subscriptions without options of their own. */
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

/** Schema of the claim `subs`; its output is entries, because valibot's records drop a channel called `__proto__`. */
export const subsSchema = v.optional(
  v.pipe(
    jsonObject,
    v.transform(Object.entries),
    v.array(v.tuple([channelSchema, subscriptionSchema])),
  ),
  {},
);
