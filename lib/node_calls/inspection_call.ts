/** Calls by which an operator looks into nodes, and their answers. */

import * as v from "valibot";
import { expected, oneOf } from "../base/json.ts";

const text = v.string(expected("a string"));
const flag = v.boolean(expected("true or false"));
const amount = v.pipe(v.number(expected("a number")), v.finite());
const count = v.pipe(
  v.number(expected("a number")),
  v.safeInteger(expected("a whole number")),
  v.minValue(0, expected("0 or more")),
);

/** Orders of connections: by the frames of a second, and by a property. */
export const CONNECTION_SORTS = [
  "user",
  "since",
  "idle",
  "unsent",
  "channels",
  "received",
  "rate",
] as const;

/** Orders of channels. */
export const CHANNEL_SORTS = ["name", "clients", "rate"] as const;

/** Order and bounds of a page. */
const page = {
  /** Text that the name contains. */
  search: v.optional(text, ""),
  /** The other way round: the smallest numbers first. */
  reverse: v.optional(flag, false),
  /** Number of rows that are needed from each node. */
  limit: count,
};

const connections = v.object({
  type: v.literal("connections"),
  ...page,
  sort: oneOf(CONNECTION_SORTS),
  /** Their uid. */
  user: v.optional(text),
  /** A channel that they are subscribed to. */
  channel: v.optional(text),
});

const connection = v.object({
  type: v.literal("connection"),
  client: v.optional(text),
  /** All connections of a uid instead. */
  user: v.optional(text),
});

const channelPage = v.object({
  type: v.literal("channelPage"),
  ...page,
  sort: oneOf(CHANNEL_SORTS),
  /** These alone. */
  names: v.optional(v.pipe(v.array(text), v.readonly())),
});

const load = v.object({
  type: v.literal("load"),
  /** Samples after this time, in milliseconds since 1970. */
  since: v.optional(amount, 0),
});

/** Asks for what a trace has gathered; the first call begins it. */
const trace = v.object({
  type: v.literal("trace"),
  /** Id of the trace. */
  trace: text,
  /** The connection that it is of. */
  client: text,
  /** True if payloads are shown. */
  payloads: flag,
});

const send = v.object({
  type: v.literal("send"),
  client: text,
  /** The message, as JSON text. */
  json: text,
});

/** Schemas of the calls. */
export const INSPECTION_CALLS = [
  connections,
  connection,
  channelPage,
  load,
  trace,
  send,
] as const;

/** Request for a page of connections. */
export type ConnectionsCall = v.InferOutput<typeof connections>;
/** Request for a page of channels. */
export type ChannelPageCall = v.InferOutput<typeof channelPage>;
/** Request for what a trace has gathered. */
export type TraceCall = v.InferOutput<typeof trace>;

const row = {
  /** Id of the connection. */
  client: text,
  /** Its uid; empty without one. */
  user: text,
  /** Id of its node. */
  node: text,
  protocol: text,
  transport: text,
  /** Address or network that it is counted by, where that is known. */
  address: v.optional(text),
  /** Seconds for which it lasts. */
  age: count,
  /** Seconds since its last frame. */
  idle: count,
  /** Bytes that its client has not read. */
  unsent: count,
  /** Frames of its client so far. */
  received: count,
  /** Number of its channels. */
  channels: count,
  /** Frames of its client in a second, where they were counted. */
  rate: v.optional(amount),
};

/** One connection of a page. */
export const connectionRowSchema = v.object(row);

/** Answer to `connections`. */
export const connectionPageSchema = v.object({
  /** Number of those that fit, and of all. */
  found: count,
  total: count,
  rows: v.array(connectionRowSchema),
});

const subscription = v.object({
  channel: text,
  /** True if the server made it. */
  server_side: flag,
  /** True if a token for the channel was accepted. */
  token: flag,
  positioned: flag,
  offset: count,
  epoch: text,
  delta: flag,
  filter: flag,
  join_leave: flag,
});

/** One connection with all that the node knows of it. */
export const connectionDetailSchema = v.object({
  ...row,
  /** True once it was admitted. */
  admitted: flag,
  /** Seconds until its token ends. */
  expires_in: v.optional(count),
  /** Data that others see beside the uid, as JSON text. */
  info: v.optional(text),
  caps: v.array(v.object({ channels: v.array(text), allow: v.array(text) })),
  subscriptions: v.array(subscription),
});

/** Answer to `connection`. */
export const connectionDetailsSchema = v.array(connectionDetailSchema);

/** Answer to `channelPage`. */
export const channelPageSchema = v.object({
  found: count,
  rows: v.array(v.object({
    channel: text,
    /** Subscribers at this node. */
    clients: count,
    /** Events that they were sent since the channel was opened here. */
    delivered: count,
    /** Events in a second, where they were counted. */
    rate: v.optional(amount),
  })),
});

/** Answer to `load`. */
export const loadSchema = v.object({
  node: text,
  columns: v.array(text),
  samples: v.array(v.array(amount)),
});

const frame = v.object({
  /** Milliseconds since 1970. */
  at: amount,
  /** `in` from the client, `out` to it. */
  direction: oneOf(["in", "out"]),
  /** Kind of an event of a channel. */
  type: v.optional(text),
  bytes: count,
  /** Position of an event in its channel. */
  offset: v.optional(count),
  /** The client that published, joined or left. */
  client: v.optional(text),
  user: v.optional(text),
  /** The beginning of the payload: text, or bytes in base64. */
  text: v.optional(text),
  base64: v.optional(text),
});

/** Answer to `trace`. */
export const traceSchema = v.object({
  frames: v.array(frame),
  /** Frames that came too fast to be listed. */
  skipped: count,
  /** All frames and bytes since the last answer, in both directions. */
  in: v.object({ frames: count, bytes: count }),
  out: v.object({ frames: count, bytes: count }),
  /** Reason why nothing more comes. */
  ended: v.optional(v.object({ code: count, reason: text })),
});

/** One connection of a page. */
export type ConnectionRow = v.InferOutput<typeof connectionRowSchema>;
/** Answer to `connections`. */
export type ConnectionPage = v.InferOutput<typeof connectionPageSchema>;
/** One connection with all that its node knows of it. */
export type ConnectionDetail = v.InferOutput<typeof connectionDetailSchema>;
/** Answer to `channelPage`. */
export type ChannelPage = v.InferOutput<typeof channelPageSchema>;
/** A frame, or an event of a channel, as a trace shows it. */
export type TracedFrame = v.InferOutput<typeof frame>;
/** Answer to `trace`. */
export type TraceAnswer = v.InferOutput<typeof traceSchema>;
