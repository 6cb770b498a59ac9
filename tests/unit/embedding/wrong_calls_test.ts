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
    ProtocolError,
    "expected the idempotencyKey to have at most 255 characters of well-formed Unicode",
    "append",
    "news",
    "text",
    { idempotencyKey: "k".repeat(256) },
  ],
  ...[NaN, 1.5, -1, Infinity, "5"].map((version) =>
    [
      RangeError,
      `Cannot publish with the version ${version}: expected a whole number from 0 on`,
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
  ...[{}, "x", { offset: -1, epoch: "" }, { offset: 1.5, epoch: "" }, {
    offset: 1,
  }].map((since) =>
    [RangeError, POSITION, "history", "news", { since }] as const
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
