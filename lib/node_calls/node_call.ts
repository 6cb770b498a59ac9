/** Calls from one node to others on behalf of the server API, and their answers: plain values that can be cloned. */

import * as v from "valibot";
import { channelSchema } from "../auth/server_subscription.ts";
import { expected } from "../base/json.ts";
import { INSPECTION_CALLS } from "./inspection_call.ts";

const text = v.string(expected("a string"));
const flag = v.boolean(expected("true or false"));
const count = v.pipe(
  v.number(expected("a number")),
  v.safeInteger(expected("a whole number")),
  v.minValue(0, expected("0 or more")),
);
const seconds = v.optional(count);

/** Selection of connections: those that fit every field. */
const selection = {
  /** Their uid. */
  user: v.optional(text),
  /** The id of the only one. */
  client: v.optional(text),
  /** The session of the only one. */
  session: v.optional(text),
};

const override = v.object({
  presence: v.optional(flag),
  joinLeave: v.optional(flag),
  forceRecovery: v.optional(flag),
  forcePositioning: v.optional(flag),
  forcePushJoinLeave: v.optional(flag),
});

const subscribe = v.object({
  type: v.literal("subscribe"),
  ...selection,
  channel: channelSchema,
  /** JSON text that others in the channel see. */
  info: v.optional(text),
  /** JSON text that the client is sent. */
  data: v.optional(text),
  /** End of the subscription, in seconds since 1970. */
  expireAt: seconds,
  /** Position of the client. */
  since: v.optional(v.object({ offset: count, epoch: text })),
  override: v.optional(override, {}),
});

const unsubscribe = v.object({
  type: v.literal("unsubscribe"),
  ...selection,
  channel: channelSchema,
});

const disconnect = v.object({
  type: v.literal("disconnect"),
  ...selection,
  code: count,
  reason: text,
  /** Ids of connections that stay. */
  whitelist: v.pipe(v.array(text), v.readonly()),
});

const refresh = v.object({
  type: v.literal("refresh"),
  ...selection,
  /** True if the connection has expired now. */
  expired: flag,
  /** Its expiry, in seconds since 1970; by default never. */
  expireAt: seconds,
});

const channels = v.object({
  type: v.literal("channels"),
  /** With `*` for anything; by default all channels. */
  pattern: v.optional(text),
});

const info = v.object({ type: v.literal("info") });

const metrics = v.object({ type: v.literal("metrics") });

/** Commands of a client that arrive beside its stream; see `emulation.ts`. */
const emulate = v.object({
  type: v.literal("emulate"),
  session: text,
  /** A frame of text. */
  data: v.optional(text),
  /** A frame of bytes, in base64. */
  bytes: v.optional(text),
});

/** End of an operator's session; see `end_session.ts`. */
const endSession = v.object({
  type: v.literal("endSession"),
  /** Its id. */
  session: text,
  /** Milliseconds since 1970. */
  expiresAt: count,
});

/** A call as it arrives from any node. */
export const nodeCallSchema = v.variant("type", [
  subscribe,
  unsubscribe,
  disconnect,
  refresh,
  channels,
  info,
  metrics,
  emulate,
  endSession,
  ...INSPECTION_CALLS,
], expected("a node call"));

/** A call from one node to others. */
export type NodeCall = v.InferOutput<typeof nodeCallSchema>;

/** Answer to a call that changes connections. */
export const doneSchema = v.object({
  /** Number of connections that were changed. */
  count,
  /** Reason why another could not be changed. */
  error: v.optional(v.object({ code: count, message: text })),
});

/** Answer to `channels`: subscribers by channel. */
export const channelsSchema = v.array(v.tuple([text, count]));

/** Answer to `info`. */
export const nodeSchema = v.object({
  uid: text,
  version: text,
  num_clients: count,
  num_users: count,
  num_channels: count,
  num_subs: count,
  /** Seconds. */
  uptime: count,
});

const amount = v.pipe(v.number(expected("a number")), v.finite());

/** Answer to `metrics`; see `metrics/snapshot.ts`. */
export const snapshotSchema = v.object({
  node: text,
  metrics: v.array(v.tuple([
    text,
    v.array(v.tuple([
      v.array(text),
      v.union([
        amount,
        v.object({ counts: v.array(count), sum: amount }),
      ]),
    ])),
  ])),
});

/** Changes that a node has made. */
export type Done = v.InferOutput<typeof doneSchema>;
/** Channels of a node, each with the number of its subscribers there. */
export type ChannelCounts = v.InferOutput<typeof channelsSchema>;
/** Properties of a node. */
export type NodeInfo = v.InferOutput<typeof nodeSchema>;
