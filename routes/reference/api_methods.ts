/** Notes on the server API's methods, which only the reference needs: summary, result and example. */

import * as v from "valibot";

/** Description of a method, besides the schema of its body. */
export interface MethodNote {
  /** A sentence without its full stop. */
  readonly summary: string;
  /** Schema of `result`; with `bare`, of the whole answer. */
  readonly result: v.GenericSchema;
  readonly bare?: boolean;
  /** True if the answer is lines that go on, each with such a result. */
  readonly lines?: boolean;
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

const row = {
  client: v.pipe(v.string(), v.description("the connection's id")),
  user: v.pipe(v.string(), v.description("empty for a client without a uid")),
  node: v.string(),
  protocol: v.string(),
  transport: v.string(),
  address: v.optional(
    v.pipe(v.string(), v.description("where its limits are counted by one")),
  ),
  age: v.pipe(v.number(), v.description("seconds since it began")),
  idle: v.pipe(v.number(), v.description("seconds since its last frame")),
  unsent: v.pipe(v.number(), v.description("bytes that it has not read")),
  received: v.pipe(v.number(), v.description("frames that it has sent")),
  channels: v.pipe(v.number(), v.description("number of its channels")),
  rate: v.optional(
    v.pipe(v.number(), v.description("frames in a second, by sort: rate")),
  ),
};
const caps = v.array(v.strictObject({
  channels: v.array(v.string()),
  allow: v.array(v.string()),
}));
const detail = v.strictObject({
  ...row,
  admitted: v.boolean(),
  expires_in: v.optional(v.pipe(v.number(), v.description("seconds"))),
  info: v.optional(json),
  caps,
  subscriptions: v.array(v.strictObject({
    channel: v.string(),
    server_side: v.boolean(),
    token: v.pipe(v.boolean(), v.description("made with a token for it")),
    positioned: v.boolean(),
    offset: v.number(),
    epoch: v.string(),
    delta: v.boolean(),
    filter: v.boolean(),
    join_leave: v.boolean(),
  })),
});
const options = v.record(
  v.string(),
  v.strictObject({
    value: json,
    from: v.pipe(
      v.string(),
      v.description("default, a pattern such as * or chat:*, or token"),
    ),
  }),
);
const decision = v.strictObject({
  allowed: v.boolean(),
  rule: v.string(),
  why: v.pipe(v.string(), v.description("the rule in a sentence")),
  hook: v.optional(
    v.pipe(v.string(), v.description("a hook that may refuse after that")),
  ),
});
const token = v.looseObject({
  kind: v.picklist(["connection", "subscription", "invalid"]),
});
const traced = v.strictObject({ frames: v.number(), bytes: v.number() });

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
  send: {
    summary: "Send a message to a user or to one connection",
    result: v.strictObject({
      delivered: v.pipe(v.boolean(), v.description("there was a receiver")),
    }),
    example: { user: "alice", data: { text: "hello" } },
  },
  connections: {
    summary: "Find connections, on all nodes, by pages",
    result: v.strictObject({
      connections: v.array(v.strictObject(row)),
      found: v.number(),
      total: v.number(),
    }),
    example: { search: "ali", sort: "rate", limit: 20 },
  },
  connection: {
    summary: "Describe one connection",
    result: detail,
    example: { client: "01890a5d-ac96-774b-bcce-b302099a8057" },
  },
  user: {
    summary: "Describe all connections of a user",
    result: v.strictObject({ user: v.string(), connections: v.array(detail) }),
    example: { user: "alice" },
  },
  channels_page: {
    summary: "Find channels with a subscriber, by pages",
    result: v.strictObject({
      channels: v.array(v.strictObject({
        channel: v.string(),
        num_clients: v.number(),
        delivered: v.pipe(
          v.number(),
          v.description("events since it was opened"),
        ),
        rate: v.optional(
          v.pipe(
            v.number(),
            v.description("events in a second, by sort: rate"),
          ),
        ),
      })),
      found: v.number(),
    }),
    example: { search: "chat:", sort: "rate" },
  },
  channel: {
    summary: "Describe a channel, and where each of its options comes from",
    result: v.strictObject({
      channel: v.string(),
      num_clients: v.number(),
      delivered: v.number(),
      private: v.boolean(),
      users: v.optional(v.array(v.string())),
      position: v.optional(position),
      options,
    }),
    example: { channel: "news" },
  },
  explain: {
    summary: "Explain what a token allows in a channel, and by which rule",
    result: v.strictObject({
      token: v.optional(token),
      channel_token: v.optional(token),
      connect: decision,
      actions: v.strictObject({
        subscribe: decision,
        publish: decision,
        presence: decision,
        history: decision,
      }),
      options,
    }),
    example: { channel: "news", token: "eyJhbGciOi" },
  },
  node_metrics: {
    summary: "Read the metrics of all nodes",
    result: v.strictObject({
      nodes: v.array(v.strictObject({
        node: v.string(),
        metrics: v.array(v.strictObject({
          name: v.string(),
          labels: v.record(v.string(), v.string()),
          value: v.optional(v.number()),
          counts: v.optional(
            v.pipe(v.array(v.number()), v.description("of a histogram")),
          ),
          sum: v.optional(v.number()),
        })),
      })),
    }),
    example: {},
  },
  load: {
    summary: "Read samples of all nodes' load over the last hour",
    result: v.strictObject({
      nodes: v.array(v.strictObject({
        node: v.string(),
        columns: v.array(v.string()),
        samples: v.array(v.array(v.number())),
      })),
      answered_within_ms: v.number(),
    }),
    example: { since: 1_790_000_000_000 },
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
  trace: {
    summary: "Follow the frames of a connection or the events of a channel",
    result: v.strictObject({
      frames: v.array(v.strictObject({
        at: v.pipe(v.number(), v.description("milliseconds since 1970")),
        direction: v.picklist(["in", "out"]),
        type: v.optional(v.string()),
        bytes: v.number(),
        offset: v.optional(v.number()),
        client: v.optional(v.string()),
        user: v.optional(v.string()),
        text: v.optional(v.string()),
        base64: v.optional(v.string()),
      })),
      skipped: v.pipe(v.number(), v.description("came too fast to be listed")),
      in: traced,
      out: traced,
      ended: v.optional(
        v.strictObject({ code: v.number(), reason: v.string() }),
      ),
    }),
    lines: true,
    example: { channel: "news", seconds: 60 },
  },
};
