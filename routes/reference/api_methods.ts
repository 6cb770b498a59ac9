/** Notes on the server API's methods, which only the reference needs: summary, result and example. */

import * as v from "valibot";

/** Description of a method, besides the schema of its body. */
export interface MethodNote {
  /** A sentence without its full stop. */
  readonly summary: string;
  /** Schema of `result`; with `bare`, of the whole answer. */
  readonly result: v.GenericSchema;
  readonly bare?: boolean;
  /** A valid body. */
  readonly example: Readonly<Record<string, unknown>>;
}

const json = v.pipe(v.unknown(), v.description("any JSON"));
const nothing = v.strictObject({});
const client = v.strictObject({
  user: v.pipe(v.string(), v.description("empty for a client without a uid")),
  client: v.pipe(v.string(), v.description("the connection's id")),
  conn_info: v.optional(json),
  chan_info: v.optional(json),
});
const position = v.strictObject({
  offset: v.optional(v.number()),
  epoch: v.optional(v.string()),
});
const error = v.strictObject({ code: v.number(), message: v.string() });
const publication = v.strictObject({
  data: json,
  offset: v.optional(v.number()),
  info: v.optional(client),
  tags: v.optional(v.record(v.string(), v.string())),
});
const node = v.strictObject({
  uid: v.string(),
  version: v.string(),
  num_clients: v.number(),
  num_users: v.number(),
  num_channels: v.number(),
  num_subs: v.number(),
  uptime: v.pipe(v.number(), v.description("seconds")),
});

/** Schema of an answer with status 200 to a request that failed. */
export const errorAnswer = v.strictObject({ error });

/** Every method by its name. */
export const METHOD_NOTES: Readonly<Record<string, MethodNote>> = {
  publish: {
    summary: "Publish to a channel",
    result: position,
    example: { channel: "news", data: { text: "hello" } },
  },
  broadcast: {
    summary: "Publish the same to many channels",
    result: v.strictObject({
      responses: v.array(
        v.union([v.strictObject({ result: position }), errorAnswer]),
      ),
    }),
    example: { channels: ["news", "sports"], data: { text: "hello" } },
  },
  append: {
    summary: "Append to the text of a channel, such as the answer of a model",
    result: position,
    example: { channel: "answer", append: "The next words" },
  },
  subscribe: {
    summary: "Subscribe the connections of a user, and notify them",
    result: nothing,
    example: { user: "alice", channel: "news" },
  },
  unsubscribe: {
    summary: "End a user's subscriptions to a channel, with 2000",
    result: nothing,
    example: { user: "alice", channel: "news" },
  },
  disconnect: {
    summary: "End the connections of a user, by default with 3503",
    result: nothing,
    example: { user: "alice", disconnect: { code: 4501, reason: "banned" } },
  },
  refresh: {
    summary: "Let the connections of a user last longer, or expire",
    result: nothing,
    example: { user: "alice", expire_at: 2_000_000_000 },
  },
  presence: {
    summary: "List the clients in a channel",
    result: v.strictObject({ presence: v.record(v.string(), client) }),
    example: { channel: "news" },
  },
  presence_stats: {
    summary: "Count the clients in a channel",
    result: v.strictObject({ num_clients: v.number(), num_users: v.number() }),
    example: { channel: "news" },
  },
  history: {
    summary: "Read the history of a channel",
    result: v.strictObject({
      publications: v.array(publication),
      epoch: v.string(),
      offset: v.number(),
    }),
    example: { channel: "news", limit: 10, reverse: true },
  },
  history_remove: {
    summary: "Remove the history of a channel; its position stays",
    result: nothing,
    example: { channel: "news" },
  },
  channels: {
    summary: "List the channels with a subscriber",
    result: v.strictObject({
      channels: v.record(
        v.string(),
        v.strictObject({ num_clients: v.number() }),
      ),
    }),
    example: { pattern: "chat:*" },
  },
  info: {
    summary:
      "List the nodes with their numbers of clients, channels and subscriptions",
    result: v.strictObject({ nodes: v.array(node) }),
    example: {},
  },
  rpc: {
    summary: "Call the application's own procedure",
    result: v.strictObject({ data: json }),
    example: { method: "sum", params: [1, 2] },
  },
  batch: {
    summary: "Carry out several commands",
    result: v.strictObject({
      replies: v.array(v.union([errorAnswer, v.looseObject({})])),
    }),
    bare: true,
    example: {
      commands: [
        { publish: { channel: "news", data: "one" } },
        { publish: { channel: "news", data: "two" } },
      ],
    },
  },
};
