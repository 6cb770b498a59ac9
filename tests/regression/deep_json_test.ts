/** JSON of some thousand levels overflowed the stack where it was written anew, which looked like a failure of the server. */

import { assert, assertEquals } from "@std/assert";
import { API_KEY, callApi } from "../routes/api_server.ts";
import { AppServer } from "../routes/app_server.ts";
import { Scene } from "../support/scene.ts";
import { type Message, SdkClient } from "../support/sdk_client.ts";
import { parseConnectionClaims } from "../../lib/auth/claims.ts";
import { TokenError } from "../../lib/auth/token_error.ts";

/** A value of so many levels; `JSON.stringify` recurses for keys that are numbers. */
function deep(levels: number): unknown {
  return JSON.parse('{"0":'.repeat(levels) + "1" + "}".repeat(levels));
}

function deepText(levels: number): string {
  return '{"0":'.repeat(levels) + "1" + "}".repeat(levels);
}

const LEVELS = 9_000;

Deno.test("Data of a publication may have any depth, and stay as they are", async () => {
  const scene = new Scene();
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  const data = deepText(LEVELS);
  client.connection.receive(
    `{"id":3,"publish":{"channel":"news","data":${data}}}`,
  );
  await scene.settle();
  scene.clock.advance(0);
  const frames = client.transport.take().join("\n");
  assert(frames.includes(`"data":${data}`));
});

Deno.test("What no command reads may have any depth, and any number of keys", async () => {
  const client = new SdkClient(new Scene());
  const keys = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, key) => [`k${key}`, 0]),
  );
  client.connection.receive(
    `{"id":1,"connect":{"unknown":${deepText(LEVELS)}},"x":[]}`,
  );
  assertEquals((await client.ask({})).length, 1);
  assertEquals(
    await client.ask({ id: 2, unsubscribe: { channel: "a", ...keys } }),
    [{ id: 2, unsubscribe: {} }],
  );
  assertEquals(client.closed, undefined);
});

Deno.test("Data that a hook reads have at most 64 levels", async () => {
  const scene = new Scene({
    onRpc: ({ data }) => data,
    onPublish: () => {},
    onSubscribe: () => {},
  });
  const client = await SdkClient.connect(scene);
  for (
    const [levels, code] of [[64, undefined], [65, 107], [LEVELS, 107]] as const
  ) {
    const data = deepText(levels);
    const { connection } = client;
    for (
      const method of [
        `"rpc":{"data":${data}}`,
        `"publish":{"channel":"news","data":${data}}`,
        `"subscribe":{"channel":"a${levels}","data":${data}}`,
      ]
    ) {
      connection.receive(`{"id":2,${method}}`);
      await scene.settle();
      const [reply] = client.take() as { error?: { code: number } }[];
      assertEquals(reply?.error?.code, code, `${method.slice(0, 9)} ${levels}`);
    }
  }
  assertEquals(scene.logs.filter(({ level }) => level === "error"), []);
});

Deno.test("Claims that others are shown have at most 64 levels; the message says so", () => {
  const bytes = new TextEncoder().encode(deepText(LEVELS));
  parseConnectionClaims({ sub: "alice", info: deep(64), meta: deep(LEVELS) });
  for (
    const claims of [
      { info: deep(65) },
      { info: deep(LEVELS) },
      { b64info: bytes.toBase64() },
      { subs: { news: { data: deep(LEVELS) } } },
      { sub: deep(LEVELS) },
      { channels: deep(LEVELS) },
      { caps: deep(LEVELS) },
      { caps: [deep(LEVELS)] },
    ] as Message[]
  ) {
    try {
      parseConnectionClaims(claims);
      throw new Error("accepted");
    } catch (error) {
      assert(error instanceof TokenError, String(error));
    }
  }
});

Deno.test("Bodies of the server API are refused, not failures of the server", async () => {
  const env = { INSECURE_ANONYMOUS_ALL: "true", API_KEY };
  await using app = new AppServer({ env });
  const far = deep(LEVELS);
  for (
    const [method, body] of [
      ["publish", { channel: far, data: 1 }],
      ["publish", far],
      ["subscribe", { user: "alice", channel: "news", info: far }],
      ["subscribe", { user: "alice", channel: "news", data: far }],
      ["publish", { channel: "news", data: 1, tags: far }],
      ["disconnect", { user: far }],
    ] as const
  ) {
    const response = await fetch(`${app.url}/api/${method}`, {
      method: "POST",
      headers: { "x-api-key": API_KEY },
      body: JSON.stringify(body, (_, value) => value === far ? "FAR" : value)
        .replace('"FAR"', deepText(LEVELS)),
    });
    const answer = await response.json();
    assertEquals(answer.error?.code, 107, method);
    assert(answer.error.message.length < 1_000);
  }
  const channels = Array.from({ length: 100_000 }, () => 1);
  const { text } = await callApi(app, "broadcast", { channels, data: 1 });
  assert(text.includes('"code":107') && text.length < 2_000, text);
});
