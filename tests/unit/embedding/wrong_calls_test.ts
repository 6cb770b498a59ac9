/** Calls of a program without types: a value that other nodes, or a later reader, could not read is refused at once. */

import { assertEquals, assertRejects } from "@std/assert";
import { createHub } from "../../../lib/create_hub.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import type { EmbeddedHub } from "../../../lib/embedding/embedded_hub.ts";

/** The methods as a program without types has them. */
type Untyped = Readonly<
  Record<string, (...args: readonly unknown[]) => Promise<unknown>>
>;

const TAGS = "Cannot publish with these tags: expected strings by name";
const POSITION =
  "Cannot read a history from this position: expected a whole offset from 0 on, and an epoch";

const BOB = { user: "bob" };

const MEANT = {
  idempotencykey: "idempotencyKey",
  clos: "close",
  expiresat: "expiresAt",
  whitelst: "whitelist",
  revers: "reverse",
  spreadMS: "spreadMs",
};

const WRONG: readonly (readonly [
  error: typeof TypeError | typeof RangeError | typeof ProtocolError,
  message: string,
  method: string,
  ...args: unknown[],
])[] = [
  ...[5, null, undefined, {}, ["a"]].flatMap((channel) =>
    ([
      ["publish", channel, 1],
      ["subscribe", { user: "bob" }, channel],
      ["unsubscribe", { user: "bob" }, channel],
      ["presence", channel],
      ["presenceStats", channel],
      ["history", channel],
      ["removeHistory", channel],
    ] as const).map(([method, ...args]) =>
      [
        TypeError,
        `Cannot find the channel ${channel}: expected a string`,
        method,
        ...args,
      ] as const
    )
  ),
  ...([
    ["publish", "idempotencykey", "publish", "news", 1],
    ["append", "clos", "append", "news", "text"],
    ["subscribe", "expiresat", "subscribe", { user: "bob" }, "news"],
    ["disconnect", "whitelst", "disconnect", { user: "bob" }],
    ["read a history", "revers", "history", "news"],
    ["drain", "spreadMS", "drain"],
  ] as const).map(([action, name, method, ...args]) =>
    [
      TypeError,
      `Cannot ${action} with ${name}, no such option: did you mean ${
        MEANT[name]
      }?`,
      method,
      ...args,
      { [name]: "x" },
    ] as const
  ),
  [
    TypeError,
    "Cannot publish with options of the type string: expected an object",
    "publish",
    "news",
    1,
    "key",
  ],
  [
    TypeError,
    "Cannot subscribe with an override with presense, no such option: did you mean presence?",
    "subscribe",
    { user: "bob" },
    "news",
    { override: { presense: true } },
  ],
  [
    TypeError,
    "Cannot select connections with cliient, no such option: did you mean client?",
    "disconnect",
    { user: "bob", cliient: "1" },
  ],
  [TypeError, TAGS, "publish", "news", 1, { tags: { a: 1 } }],
  [TypeError, TAGS, "publish", "news", 1, { tags: ["a"] }],
  [TypeError, TAGS, "publish", "news", 1, { tags: "a" }],
  [TypeError, TAGS, "publish", "news", 1, { tags: null }],
  [
    TypeError,
    "Cannot publish with the idempotencyKey 5: expected a string",
    "publish",
    "news",
    1,
    { idempotencyKey: 5 },
  ],
  [
    ProtocolError,
    "expected the idempotencyKey to have at most 255 characters of well-formed Unicode",
    "publish",
    "news",
    1,
    { idempotencyKey: "k".repeat(256) },
  ],
  [TypeError, "Cannot append 5: expected a string", "append", "news", 5],
  [
    TypeError,
    "Cannot append with the idempotencyKey 5: expected a string",
    "append",
    "news",
    "text",
    { idempotencyKey: 5 },
  ],
  [
    ProtocolError,
    "expected the idempotencyKey to have at most 255 characters of well-formed Unicode",
    "append",
    "news",
    "text",
    { idempotencyKey: "k".repeat(256) },
  ],
  ...[NaN, 1.5, -1, Infinity, "5", 2 ** 53].map((version) =>
    [
      RangeError,
      `Cannot publish with the version ${version}: expected a whole number from 0 to 9007199254740991`,
      "publish",
      "news",
      1,
      { version },
    ] as const
  ),
  [
    TypeError,
    "Cannot publish with the versionEpoch 5: expected a string",
    "publish",
    "news",
    1,
    { version: 1, versionEpoch: 5 },
  ],
  [
    ProtocolError,
    "expected the versionEpoch to have at most 255 characters of well-formed Unicode",
    "publish",
    "news",
    1,
    { version: 1, versionEpoch: "\ud800" },
  ],
  ...[NaN, 1.5, -2, Infinity, "5"].map((limit) =>
    [
      RangeError,
      `Cannot read a history with the limit ${limit}: expected a whole number from -1 on`,
      "history",
      "news",
      { limit },
    ] as const
  ),
  ...[{}, "x", 5, null, { offset: -1, epoch: "" }, { offset: 1.5, epoch: "" }, {
    offset: 1,
  }].flatMap((since) =>
    [
      [RangeError, POSITION, "history", "news", { since }],
      [
        RangeError,
        POSITION.replace("read a history", "subscribe"),
        "subscribe",
        BOB,
        "news",
        { since },
      ],
    ] as const
  ),
  ...[NaN, "2030", null, {}].flatMap((time) => {
    const expected = `${
      typeof time === "number" ? time : JSON.stringify(time)
    }: expected milliseconds since 1970`;
    return [
      [
        RangeError,
        `Cannot subscribe with the expiresAt ${expected}`,
        "subscribe",
        BOB,
        "news",
        { expiresAt: time },
      ],
      [
        RangeError,
        `Cannot refresh with the expiresAt ${expected}`,
        "refresh",
        BOB,
        time,
      ],
    ] as const;
  }),
  [
    RangeError,
    "Cannot refresh with the expiresAt undefined: expected milliseconds since 1970",
    "refresh",
    BOB,
  ],
  [
    ProtocolError,
    "expiresAt has passed",
    "subscribe",
    BOB,
    "news",
    { expiresAt: 1 },
  ],
  [
    TypeError,
    "Cannot subscribe with options of the type null: expected an object",
    "subscribe",
    BOB,
    "news",
    null,
  ],
  ...["yes", null, 1].map((presence) =>
    [
      TypeError,
      `Cannot subscribe with the override of presence ${
        JSON.stringify(presence)
      }: expected true or false`,
      "subscribe",
      BOB,
      "news",
      { override: { joinLeave: undefined, presence } },
    ] as const
  ),
  ...["abc", [1], null].map((whitelist) =>
    [
      TypeError,
      `Cannot disconnect with the whitelist ${
        JSON.stringify(whitelist)
      }: expected a list of ids of connections`,
      "disconnect",
      BOB,
      { whitelist },
    ] as const
  ),
  [
    RangeError,
    "Cannot disconnect with the code x: expected 3000 to 4999",
    "disconnect",
    BOB,
    { code: "x" },
  ],
  ...[5, null, {}].flatMap((value) => {
    const shown = JSON.stringify(value);
    return [
      [
        TypeError,
        `Cannot disconnect with the reason ${shown}: expected a string`,
        "disconnect",
        BOB,
        { reason: value },
      ],
      [
        TypeError,
        `Cannot list channels with the pattern ${shown}: expected a string`,
        "channels",
        value,
      ],
      [
        TypeError,
        `Cannot select connections with the user ${shown}: expected a string`,
        "unsubscribe",
        { user: value },
        "news",
      ],
      [
        TypeError,
        `Cannot select connections with the client ${shown}: expected a string`,
        "refresh",
        { user: "bob", client: value },
        Infinity,
      ],
    ] as const;
  }),
  ...([
    ["publish", "skipHistory", "publish", "news", 1],
    ["append", "close", "append", "news", "text"],
    ["append", "restart", "append", "news", "text"],
    ["read a history", "reverse", "history", "news"],
  ] as const).map(([action, name, method, ...args]) =>
    [
      TypeError,
      `Cannot ${action} with ${name} "no": expected true or false`,
      method,
      ...args,
      { [name]: "no" },
    ] as const
  ),
];

for (const [error, message, method, ...args] of WRONG) {
  Deno.test(`${method}(${JSON.stringify(args).slice(1, 60)}) is refused: ${message}`, async () => {
    await using hub: EmbeddedHub = createHub({ access: "anonymous" });
    const methods = hub as unknown as Untyped;
    const call = async () => await methods[method]!(...args);
    assertEquals((await assertRejects(call, error)).message, message);
    assertEquals((await hub.history("news")).position.offset, 0);
  });
}

Deno.test("An empty idempotencyKey is none, as for the server API", async () => {
  await using hub = createHub({ access: "anonymous" });
  await hub.publish("news", 1, { idempotencyKey: "" });
  await hub.publish("news", 2, { idempotencyKey: "" });
  const { publications } = await hub.history("news");
  assertEquals(publications.map(({ data }) => data), [1, 2]);
});

Deno.test("A time beyond all dates is none, as Infinity is", async () => {
  await using hub = createHub({ access: "anonymous" });
  for (const expiresAt of [Infinity, Number.MAX_VALUE]) {
    assertEquals(await hub.refresh(BOB, expiresAt), 0);
    assertEquals(await hub.subscribe(BOB, "news", { expiresAt }), 0);
  }
});
