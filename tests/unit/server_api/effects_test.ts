/** What a log says of a call: its effects, by method and name, and nothing that was sent. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { effectsOf, READING } from "../../../lib/server_api/effects.ts";
import { API_METHODS } from "../../../lib/server_api/server_api.ts";

/** Effects as a log writes them. */
function logged(method: string, body: unknown): unknown {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return JSON.parse(JSON.stringify(effectsOf(method, text)));
}

const EFFECTS: readonly (readonly [
  method: string,
  body: object,
  names: object,
])[] = [
  ["publish", { channel: "news", data: "secret" }, { channel: "news" }],
  ["append", { channel: "news", append: "secret" }, { channel: "news" }],
  ["history_remove", { channel: "news" }, { channel: "news" }],
  [
    "broadcast",
    { channels: ["a", "b"], b64data: "c2VjcmV0" },
    { channels: ["a", "b"] },
  ],
  ["send", { user: "bob", data: "secret" }, { user: "bob" }],
  ["send", { client: "c1", data: "secret" }, { client: "c1" }],
  [
    "subscribe",
    { user: "bob", channel: "news", info: "secret", data: "secret" },
    { channel: "news", user: "bob" },
  ],
  [
    "unsubscribe",
    { user: "bob", channel: "news" },
    { channel: "news", user: "bob" },
  ],
  ["disconnect", { user: "bob", client: "c1" }, { user: "bob", client: "c1" }],
  ["disconnect", { session: "secret" }, {}],
  ["refresh", { client: "c1", expired: true }, { client: "c1" }],
  ["rpc", { method: "restart", params: "secret" }, { procedure: "restart" }],
];

for (const [method, body, names] of EFFECTS) {
  const fields = Object.keys(body).join(", ");
  Deno.test(`The effect of ${method} with ${fields} is named, alone and in a batch, and its payload is not`, () => {
    const effect = { method, ...names };
    assertEquals(logged(method, body), [effect]);
    const commands = [{ id: 1, [method]: body }, { info: {} }, {
      [method]: body,
    }];
    assertEquals(logged("batch", { commands }), [effect, effect]);
    const all = [logged(method, body), logged("batch", { commands })];
    assertFalse(/secret|c2Vj/.test(JSON.stringify(all)));
  });
}

Deno.test("Every method that changes something has an effect", () => {
  const shown = new Set([...EFFECTS.map(([method]) => method), "batch"]);
  for (const name of API_METHODS.keys()) {
    assertEquals([name, READING.has(name)], [name, !shown.has(name)]);
  }
  for (const name of READING) assert(API_METHODS.has(name), name);
});

Deno.test("What only reads, or is refused, has no effect", () => {
  const publish = { channel: "news", data: 1 };
  for (const name of READING) assertEquals(logged(name, publish), []);
  assertEquals(logged("no_such_method", publish), []);
  assertEquals(logged("publish", '{"channel":"news","data":1'), []);
  assertEquals(logged("publish", "[]"), []);
  assertEquals(logged("publish", { channel: "news" }), []);
  assertEquals(logged("publish", { channel: "x".repeat(1_000), data: 1 }), []);
  assertEquals(logged("disconnect", {}), []);
  const commands = Array(1_001).fill({ publish });
  assertEquals(logged("batch", { commands }), []);
  assertEquals(logged("batch", { commands: "all" }), []);
  assertEquals(
    logged("batch", {
      commands: [
        {},
        { id: 1 },
        { publish, refresh: {} },
        { batch: { commands: [{ publish }] } },
        { history: { channel: "news" } },
        { publish: null },
        { toString: {} },
      ],
    }),
    [],
  );
});

Deno.test("An empty body is carried out as an empty object, and has an effect", () => {
  assertEquals(logged("rpc", " "), [{ method: "rpc" }]);
});

Deno.test("Of many channels and of a long name the beginning is named", () => {
  const channels = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
  assertEquals(logged("broadcast", { channels, data: 1 }), [
    { method: "broadcast", channels: channels.slice(0, 10), more: 990 },
  ]);
  assertEquals(logged("disconnect", { user: "x".repeat(5_000) }), [
    { method: "disconnect", user: "x".repeat(255) },
  ]);
});
