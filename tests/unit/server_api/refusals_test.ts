import { assertEquals, assertStringIncludes } from "@std/assert";
import { ApiScene, codeOf } from "../../support/api_scene.ts";
import { memoryBroker } from "../../support/memory_broker.ts";

const user = { user: "bob" };
const REFUSED: readonly (readonly [string, unknown, string, string])[] = [
  ["publish", [], "107", "$: expected an object, but got []"],
  ["publish", "null", "107", "$: expected an object, but got null"],
  [
    "publish",
    { data: 1 },
    "107",
    "$.channel: expected a string, but got nothing",
  ],
  [
    "publish",
    { channel: "", data: 1 },
    "107",
    '$.channel: expected the name of a channel, but got ""',
  ],
  [
    "publish",
    { channel: "\0bob", data: 1 },
    "107",
    '$.channel: expected the name of a channel, but got "\\u0000bob"',
  ],
  ["publish", { channel: "news" }, "107", "$: expected data or b64data"],
  [
    "publish",
    { channel: "news", b64data: "?" },
    "107",
    '$.b64data: expected base64, but got "?"',
  ],
  [
    "publish",
    { channel: "news", data: 1, tags: { a: 1 } },
    "107",
    '$.tags: expected strings by name, but got {"a":1}',
  ],
  ["publish", { channel: "un:known", data: 1 }, "102", "unknown channel"],
  [
    "broadcast",
    { channels: [], data: 1 },
    "107",
    "$.channels: expected a channel, but got []",
  ],
  [
    "broadcast",
    { channels: Array(1001).fill("a"), data: 1 },
    "107",
    "$.channels: expected at most 1000 channels",
  ],
  [
    "subscribe",
    { channel: "news" },
    "107",
    "$: expected user, client or session",
  ],
  [
    "subscribe",
    { user: "", channel: "news" },
    "107",
    "$: expected user, client or session",
  ],
  ["subscribe", { ...user, channel: "un:known" }, "102", "unknown channel"],
  [
    "subscribe",
    { ...user, channel: "news", recover_since: { offset: -1 } },
    "107",
    "$.recover_since.offset: expected a whole number from 0 on, but got -1",
  ],
  [
    "unsubscribe",
    { ...user, channel: "un:known" },
    "102",
    "unknown channel",
  ],
  [
    "unsubscribe",
    user,
    "107",
    "$.channel: expected a string, but got nothing",
  ],
  ["disconnect", {}, "107", "$: expected user, client or session"],
  [
    "disconnect",
    { ...user, disconnect: { code: 2999 } },
    "107",
    "$.disconnect.code: expected a code from 3000 to 4999, but got 2999",
  ],
  [
    "disconnect",
    { ...user, disconnect: { code: 5000 } },
    "107",
    "$.disconnect.code: expected a code from 3000 to 4999, but got 5000",
  ],
  [
    "disconnect",
    { ...user, disconnect: { code: 4000, reason: "é".repeat(62) } },
    "107",
    "$.disconnect.reason: expected at most 123 bytes",
  ],
  ["refresh", { expired: true }, "107", "$: expected user, client or session"],
  [
    "refresh",
    { ...user, expire_at: 1.5 },
    "107",
    "$.expire_at: expected a whole number from 0 on, but got 1.5",
  ],
  [
    "subscribe",
    { ...user, channel: "news", expire_at: 1 },
    "110",
    "expire_at is in the past",
  ],
  ["presence", { channel: "bare:1" }, "108", "not available"],
  ["presence_stats", { channel: "bare:1" }, "108", "not available"],
  ["history", { channel: "bare:1" }, "108", "not available"],
  ["history_remove", { channel: "bare:1" }, "108", "not available"],
  ["history", { channel: "un:known" }, "102", 'unknown channel "un:known"'],
  [
    "history",
    { channel: "news", limit: -5 },
    "107",
    "$.limit: expected a whole number from -1 on, but got -5",
  ],
  [
    "channels",
    { pattern: 1 },
    "107",
    "$.pattern: expected a string, but got 1",
  ],
  ["rpc", { method: "sum" }, "108", "not available"],
  ["batch", {}, "107", "$.commands: expected an array, but got nothing"],
  [
    "batch",
    { commands: [1] },
    "107",
    "$.commands[0]: expected an object, but got 1",
  ],
  [
    "batch",
    { commands: Array(1001).fill({}) },
    "107",
    "$.commands: expected at most 1000 commands",
  ],
];

for (
  const [method, field, words] of [
    ["broadcast", "channels", "channels"],
    ["batch", "commands", "commands"],
    ["disconnect", "whitelist", "ids"],
  ] as const
) {
  Deno.test(`${method} refuses 100 000 invalid ${words} by their number, and looks at none of them`, async () => {
    const scene = new ApiScene();
    const body = { ...user, data: 1, [field]: Array(100_000).fill(1) };
    assertEquals(await scene.call(method, body), {
      error: {
        code: 107,
        message: `$.${field}: expected at most 1000 ${words}`,
      },
    });
  });
}

for (const [method, body, code, words] of REFUSED) {
  const shown = JSON.stringify(body).slice(0, 80);
  Deno.test(`${method} refuses ${shown} with ${code}: ${words}`, async () => {
    const scene = new ApiScene();
    const answer = await scene.call(method, body);
    assertEquals(codeOf(answer), code);
    assertStringIncludes(
      JSON.stringify(answer),
      JSON.stringify(words).slice(1, -1),
    );
    // No connection belongs to bob.
    assertEquals(scene.hub.size, 0);
  });
}

Deno.test("A method that does not exist, and a body that is no JSON, have no answer", async () => {
  const scene = new ApiScene();
  assertEquals(await scene.call("constructor"), "unknownMethod");
  assertEquals(await scene.call("publish", "{"), "malformedJson");
});

Deno.test("A failure that is not the caller's is answered with 100, and the log knows why", async () => {
  const broker = memoryBroker();
  broker.publish = () => Promise.reject(new Error("the link is down"));
  const scene = new ApiScene({ broker });
  const body = { channel: "news", data: 1 };
  const error = { code: 100, message: "internal error" };
  assertEquals(await scene.call("publish", body), { error });
  const [{ level, event, method, error: reason } = {}] = scene.logs.filter(
    ({ event }) => event === "api_failed",
  );
  assertEquals([level, event, method], ["error", "api_failed", "publish"]);
  assertStringIncludes(String(reason), "the link is down");
});

Deno.test("An answer of another node that makes no sense is answered with 100", async () => {
  const broker = memoryBroker();
  broker.call = () => Promise.resolve([{ count: "many" }]);
  const scene = new ApiScene({ broker });
  const body = { user: "bob", channel: "news" };
  assertEquals(codeOf(await scene.call("unsubscribe", body)), "100");
});

Deno.test("An error of any node is the answer", async () => {
  const broker = memoryBroker();
  const error = { code: 106, message: "too many channels" };
  broker.call = () => Promise.resolve([{ count: 1 }, { count: 0, error }]);
  const scene = new ApiScene({ broker });
  const body = { user: "bob", channel: "news" };
  assertEquals(await scene.call("subscribe", body), { error });
});
