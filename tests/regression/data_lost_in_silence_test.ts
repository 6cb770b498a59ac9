/** `hub.publish` made `null` of `undefined`, a function and NaN, `{}` of a Map, a Blob and a DataView, and other bytes of a view into a longer buffer. */

import { assertEquals, assertRejects } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { Scene } from "../support/scene.ts";
import { SdkClient } from "../support/sdk_client.ts";

const cycle: unknown[] = [];
cycle.push(cycle);
let deep: unknown = [];
for (let level = 0; level < 100_000; level++) deep = [deep];

/** Values that JSON would lose, and what the error says of each. */
const LOST: readonly (readonly [value: unknown, reason: string])[] = [
  [undefined, "it is undefined"],
  [() => 1, "it is a function"],
  [Symbol("a"), "it is a symbol"],
  [1n, "it is a bigint"],
  [NaN, "it is NaN"],
  [-Infinity, "it is -Infinity"],
  [new Map([["a", 1]]), "it is of the class Map"],
  [new Set([1]), "it is of the class Set"],
  [new Blob(["a"]), "it is of the class Blob"],
  [Promise.resolve(1), "it is of the class Promise"],
  [new Error("a"), "it is of the class Error"],
  [/a/, "it is of the class RegExp"],
  [new Date(NaN), "it is an invalid Date"],
  [{ a: new Date(NaN) }, '"a" is an invalid Date'],
  [{ a: [{ b: NaN }] }, '"b" is NaN'],
  [{ a: new Map() }, '"a" is of the class Map'],
  [{ a: new Uint8Array([1]) }, '"a" is of the class Uint8Array'],
  [{ a: new ArrayBuffer(1) }, '"a" is of the class ArrayBuffer'],
  [[undefined], '"0" is undefined'],
  [{ a: () => 1 }, '"a" is a function'],
  [cycle, "Converting circular structure to JSON"],
  [deep, "Maximum call stack size exceeded"],
];

for (const [value, reason] of LOST) {
  Deno.test(`Data that JSON would lose is a TypeError at every door of a hub: ${reason}`, async () => {
    await using hub = createHub({ access: "anonymous" });
    const bob = { user: "bob" };
    const expected = "expected text, bytes or any JSON value";
    for (
      const [action, call] of [
        ["publish", () => hub.publish("news", value)],
        ["send", () => hub.sendTo("bob", value)],
        ["send", () => hub.broadcast(value)],
        [
          "subscribe with the info",
          () => hub.subscribe(bob, "news", { info: [value] }),
        ],
        [
          "subscribe with the data",
          () => hub.subscribe(bob, "news", { data: [value] }),
        ],
      ] as const
    ) {
      const error = await assertRejects(call, TypeError);
      const isPart = action.startsWith("subscribe");
      const said = isPart ? reason.replace("it is", '"0" is') : reason;
      assertEquals(error.message, `Cannot ${action}: ${expected}; ${said}`);
    }
    assertEquals((await hub.history("news")).publications, []);
  });
}

Deno.test("A view of a part of a buffer is published as its own bytes", async () => {
  await using hub = createHub({ access: "anonymous" });
  const bytes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  const views = [
    bytes.subarray(2, 4),
    new DataView(bytes.buffer, 2, 2),
    new Uint16Array(bytes.buffer, 2, 1),
    new Uint8Array(new SharedArrayBuffer(2)).map((_, at) => at + 2),
  ];
  for (const view of views) await hub.publish("news", view);
  const { publications } = await hub.history("news");
  assertEquals(
    publications.map(({ data }) => new Uint8Array(data as ArrayBuffer)),
    views.map(() => Uint8Array.of(2, 3)),
  );
});

Deno.test("Values that JSON has are published as they were: absent fields, dates, objects of a class, objects that name their class", async () => {
  await using hub = createHub({ access: "anonymous" });
  class Point {
    x = 1;
    get [Symbol.toStringTag]() {
      return "Point";
    }
  }
  const values = [
    null,
    false,
    0,
    [],
    {},
    { a: undefined, b: [new Date(0)], c: new Point(), "": Object.create(null) },
    { a: { toJSON: () => null } },
    Object(1),
  ];
  for (const value of values) await hub.publish("news", value);
  const { publications } = await hub.history("news");
  assertEquals(
    publications.map(({ data }) => data),
    values.map((value) => JSON.parse(JSON.stringify(value))),
  );
});

Deno.test("What a hook answers is not lost in silence either: error 100, and the log says what it was", async () => {
  const scene = new Scene({
    onPublish: () => ({ data: new Map() }),
    onSubscribe: () => ({ data: NaN }),
    onRpc: ({ method }) => method === "none" ? undefined : new Set(),
  });
  const hub = embedHub(scene.core);
  const client = await SdkClient.connect(scene);
  const replies = [
    await client.ask({ id: 2, publish: { channel: "news", data: 1 } }),
    await client.ask({ id: 3, subscribe: { channel: "news" } }),
    await client.ask({ id: 4, rpc: { method: "some", data: 1 } }),
  ];
  const error = { code: 100, message: "internal error", temporary: true };
  assertEquals(replies.flat(), [2, 3, 4].map((id) => ({ id, error })));
  const reasons = scene.logs
    .filter(({ event }) => event === "command_failed")
    .map(({ error }) => /: Cannot (.+)/.exec(String(error))?.[1]);
  const expected = "expected text, bytes or any JSON value";
  assertEquals(reasons, [
    `publish the data of onPublish: ${expected}; it is of the class Map`,
    `subscribe with the data: ${expected}; it is NaN`,
    `answer a call: ${expected}; it is of the class Set`,
  ]);
  const [none] = await client.ask({ id: 5, rpc: { method: "none", data: 1 } });
  assertEquals(none, { id: 5, rpc: { data: null } });
  assertEquals((await hub.history("news")).publications, []);
  await hub.drain();
});
