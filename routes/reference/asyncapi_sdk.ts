/** Messages of the Centrifuge client protocol in JSON (§§2–4), for `/asyncapi.json`. */

import type { Message } from "./asyncapi_message.ts";

const string = { type: "string" };
const flag = { type: "boolean" };
const whole = { type: "integer", minimum: 0 };
const json = { description: "any JSON" };
const channel = { type: "string", minLength: 1, maxLength: 255 };

function object(
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
): object {
  return { type: "object", properties, required };
}

function listOf(items: object): object {
  return { type: "array", items };
}

function byName(values: object): object {
  return { type: "object", additionalProperties: values };
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

const lifetime = { expires: flag, ttl: whole };

/** Schemas that several messages share. */
export const SDK_SCHEMAS: Readonly<Record<string, object>> = {
  clientInfo: object(
    { user: string, client: string, conn_info: json, chan_info: json },
    ["user", "client"],
  ),
  publication: object({
    data: json,
    offset: whole,
    delta: flag,
    info: ref("clientInfo"),
    tags: byName(string),
  }, ["data"]),
  position: object({ offset: whole, epoch: string }),
  filter: object({
    op: { enum: ["", "and", "or", "not"] },
    key: string,
    cmp: { enum: "eq neq in nin ex nex sw ew ct gt gte lt lte".split(" ") },
    val: string,
    vals: listOf(string),
    nodes: listOf(ref("filter")),
  }),
  subscribed: object({
    ...lifetime,
    recoverable: flag,
    positioned: flag,
    epoch: string,
    offset: whole,
    was_recovering: flag,
    recovered: flag,
    publications: listOf(ref("publication")),
    delta: flag,
    data: json,
  }),
};

/** Parameters and result of each method. */
const METHODS: Readonly<Record<string, readonly [object, object]>> = {
  connect: [
    object({
      token: string,
      data: json,
      name: string,
      version: string,
      subs: byName({
        allOf: [object({ recover: flag }), ref("position")],
      }),
    }),
    object({
      client: string,
      version: string,
      session: string,
      node: string,
      ...lifetime,
      data: json,
      subs: byName(ref("subscribed")),
      ping: whole,
      pong: flag,
    }, ["client", "version"]),
  ],
  subscribe: [
    object({
      channel,
      token: string,
      recover: flag,
      offset: whole,
      epoch: string,
      positioned: flag,
      recoverable: flag,
      join_leave: flag,
      delta: { const: "fossil" },
      tf: ref("filter"),
      flag: whole,
      data: json,
    }, ["channel"]),
    ref("subscribed"),
  ],
  unsubscribe: [object({ channel }, ["channel"]), object({})],
  publish: [object({ channel, data: json }, ["channel", "data"]), object({})],
  presence: [
    object({ channel }, ["channel"]),
    object({ presence: byName(ref("clientInfo")) }),
  ],
  presence_stats: [
    object({ channel }, ["channel"]),
    object({ num_clients: whole, num_users: whole }),
  ],
  history: [
    object({
      channel,
      limit: { type: "integer" },
      since: ref("position"),
      reverse: flag,
    }, ["channel"]),
    object({
      publications: listOf(ref("publication")),
      epoch: string,
      offset: whole,
    }),
  ],
  rpc: [object({ method: string, data: json }), object({ data: json })],
  refresh: [
    object({ token: string }, ["token"]),
    object({ client: string, version: string, ...lifetime }),
  ],
  sub_refresh: [
    object({ channel, token: string }, ["channel", "token"]),
    object(lifetime),
  ],
};

const PUSHES: Readonly<Record<string, object>> = {
  pub: ref("publication"),
  join: object({ info: ref("clientInfo") }, ["info"]),
  leave: object({ info: ref("clientInfo") }, ["info"]),
  subscribe: ref("subscribed"),
  unsubscribe: object({ code: whole, reason: string }, ["code", "reason"]),
  message: object({ data: json }, ["data"]),
  disconnect: object({ code: whole, reason: string }, ["code", "reason"]),
};

const error = object({
  code: whole,
  message: string,
  temporary: flag,
}, ["code", "message"]);

function oneOf(
  fields: Readonly<Record<string, object>>,
  common: Readonly<Record<string, object>>,
  required: readonly string[] = [],
): object {
  return {
    oneOf: Object.entries(fields).map(([name, schema]) =>
      object({ ...common, [name]: schema }, [...required, name])
    ),
  };
}

function methods(side: 0 | 1): Record<string, object> {
  return Object.fromEntries(
    Object.entries(METHODS).map(([name, sides]) => [name, sides[side]]),
  );
}

const id = { type: "integer", minimum: 1, maximum: 2 ** 32 - 1 };
const nothing = { type: "object", maxProperties: 0 };

function message(
  name: string,
  from: Message["from"],
  [summary, payload, ...examples]: readonly [string, object, ...object[]],
): Message {
  return {
    name,
    summary,
    from,
    contentType: "application/json",
    payload,
    examples: examples.map((payload) => ({ payload })),
  };
}

/** Every message by its name. */
export const SDK_MESSAGES: Readonly<Record<string, Message>> = {
  command: message("command", "client", [
    "A command; the first is connect",
    oneOf(methods(0), { id }, ["id"]),
    { id: 1, connect: {} },
    { id: 2, subscribe: { channel: "news" } },
  ]),
  send: message("send", "client", [
    "A message to the application, without an answer",
    object({ send: object({ data: json }, ["data"]) }, ["send"]),
    { send: { data: "hello" } },
  ]),
  pong: message("pong", "client", ["The answer to a ping", nothing, {}]),
  reply: message("reply", "server", [
    "The answer to the command with the same id",
    oneOf({ ...methods(1), error }, { id }, ["id"]),
    { id: 2, subscribe: {} },
    { id: 3, error: { code: 103, message: "permission denied" } },
  ]),
  push: message("push", "server", [
    "A message that answers no command",
    object({ push: oneOf(PUSHES, { channel }) }, ["push"]),
    { push: { channel: "news", pub: { data: "hello", offset: 1 } } },
  ]),
  ping: message("ping", "server", [
    "A ping, to be answered with a pong",
    nothing,
    {},
  ]),
};
