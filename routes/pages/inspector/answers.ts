/** Answers of the server API, as far as the inspector shows them. */

import * as v from "valibot";
import {
  connectionRowSchema,
  loadSchema,
  traceSchema,
} from "../../../lib/node_calls/inspection_call.ts";

const text = v.string();
const number = v.number();
const flag = v.boolean();

/** Answer to `connections`. */
export const connectionsAnswer = v.object({
  connections: v.array(connectionRowSchema),
  found: number,
  total: number,
});

/** Answer to `connection`. */
export const connectionAnswer = v.object({
  ...connectionRowSchema.entries,
  admitted: flag,
  expires_in: v.optional(number),
  info: v.optional(v.unknown()),
  caps: v.array(v.object({ channels: v.array(text), allow: v.array(text) })),
  subscriptions: v.array(v.object({
    channel: text,
    server_side: flag,
    token: flag,
    positioned: flag,
    offset: number,
    delta: flag,
    filter: flag,
    join_leave: flag,
  })),
});

/** Answer to `user`. */
export const userAnswer = v.object({
  user: text,
  connections: v.array(connectionAnswer),
});

/** Answer to `channels_page`. */
export const channelsAnswer = v.object({
  channels: v.array(v.object({
    channel: text,
    num_clients: number,
    delivered: number,
    rate: v.optional(number),
  })),
  found: number,
});

const options = v.record(
  text,
  v.object({ value: v.unknown(), from: text }),
);

/** Answer to `channel`. */
export const channelAnswer = v.object({
  channel: text,
  num_clients: number,
  delivered: number,
  private: flag,
  users: v.optional(v.array(text)),
  position: v.optional(v.object({ offset: number, epoch: text })),
  options,
});

const decision = v.object({
  allowed: flag,
  rule: text,
  why: text,
  hook: v.optional(text),
});

const token = v.optional(v.object({
  kind: text,
  user: v.optional(text),
  expires_in: v.optional(number),
  channel: v.optional(text),
  reason: v.optional(text),
  message: v.optional(text),
}));

/** Answer to `explain`. */
export const explainAnswer = v.object({
  token,
  channel_token: token,
  connect: decision,
  actions: v.record(text, decision),
  options,
});

/** Answer to `presence`. */
export const presenceAnswer = v.object({
  presence: v.record(text, v.object({ user: text, client: text })),
});

/** Answer to `history`. */
export const historyAnswer = v.object({
  publications: v.array(v.object({
    data: v.unknown(),
    offset: v.optional(number),
    info: v.optional(v.object({ user: v.optional(text) })),
  })),
  epoch: text,
  offset: number,
});

/** Answer to `info`. */
export const infoAnswer = v.object({
  nodes: v.array(v.object({
    uid: text,
    version: text,
    num_clients: number,
    num_users: number,
    num_channels: number,
    num_subs: number,
    uptime: number,
  })),
});

/** Answer to `node_metrics`. */
export const metricsAnswer = v.object({
  nodes: v.array(v.object({
    node: text,
    metrics: v.array(v.object({
      name: text,
      labels: v.record(text, text),
      value: v.optional(number),
    })),
  })),
});

/** Answer to `load`. */
export const loadAnswer = v.object({
  nodes: v.array(loadSchema),
  answered_within_ms: number,
});

/** Answer to `send`. */
export const sendAnswer = v.object({ delivered: flag });

/** Answer to a method that only does something. */
export const doneAnswer = v.object({});

/** Line of `trace`. */
export const traceLine = traceSchema;

/** Line of `trace`. */
export type TraceLine = v.InferOutput<typeof traceSchema>;
/** A frame of a trace. */
export type TracedFrame = TraceLine["frames"][number];
/** One connection. */
export type ConnectionAnswer = v.InferOutput<typeof connectionAnswer>;
/** A user with all connections. */
export type UserAnswer = v.InferOutput<typeof userAnswer>;
/** A channel of a page. */
export type ChannelRow = v.InferOutput<
  typeof channelsAnswer
>["channels"][number];
/** A connection of a page. */
export type ConnectionRow = v.InferOutput<typeof connectionRowSchema>;
/** Load of all nodes. */
export type LoadAnswer = v.InferOutput<typeof loadAnswer>;
/** Metrics of all nodes. */
export type MetricsAnswer = v.InferOutput<typeof metricsAnswer>;
/** Explanation of a token. */
export type ExplainAnswer = v.InferOutput<typeof explainAnswer>;
