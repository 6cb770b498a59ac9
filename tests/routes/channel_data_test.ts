/** The schema of a channel's data holds for every way of publishing, and names the part that does not fit. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import * as v from "valibot";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";

const apiKey = "the key of the tests";
const PROBLEM = "data.text: Expected a string";

function start(onPublish?: () => { readonly data: unknown }) {
  const hub = createHub({
    access: "anonymous",
    channels: {
      "*": { data: v.pipe(v.string("Expected text"), v.trim()) },
      "chat:*": { data: v.object({ text: v.string("Expected a string") }) },
    },
    onPublish,
  });
  const app = thrum(hub, { apiKey });
  return new EmbeddingServer(hub, (request) => app.fetch(request));
}

/** An SDK client of the server. */
async function connectSdk(
  { host }: { readonly host: string },
): Promise<Sdk> {
  const endpoint = `ws://${host}/connection/websocket`;
  return await new Sdk([{ transport: "websocket", endpoint }]).connect();
}

/** What a call of the SDK is refused with. */
async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(() => undefined, ({ code, message }) => [
    code,
    message,
  ]);
}

Deno.test("An SDK is refused with 107 and the path, and what fits is published", async () => {
  await using server = start();
  using sdk = await connectSdk(server);
  const chat = await sdk.subscribe("chat:1");
  const wrong = chat.sub.publish({ text: 1 });
  assertEquals(await refusalOf(wrong), [107, PROBLEM]);
  await chat.sub.publish({ text: "hello" });
  await chat.count(1);
  assertEquals(chat.data, [{ text: "hello" }]);
});

Deno.test("A text client is refused with its error, and text is checked as a string", async () => {
  await using server = start();
  await using alice = await TextClient.open(`ws://${server.host}/ws`);
  alice.send("+#news");
  assertEquals(await alice.next(), "+#news");
  alice.send("#news: hello ");
  assertEquals(await alice.next(), "#news:hello");
  alice.send(new TextEncoder().encode("#news\0bytes"));
  assertEquals(await alice.next(), "error:107 data: Expected text");
});

Deno.test("A backend is refused with 107 and the path, in a broadcast for each channel", async () => {
  await using server = start();
  const call = async (method: string, body: unknown) => {
    const response = await fetch(`http://${server.host}/api/${method}`, {
      method: "POST",
      headers: { "X-API-Key": apiKey },
      body: JSON.stringify(body),
    });
    return await response.json();
  };
  const data = { text: 1 };
  const error = { code: 107, message: PROBLEM };
  assertEquals(await call("publish", { channel: "chat:1", data }), { error });
  const channels = ["chat:1", "free:1"];
  const { result } = await call("broadcast", { channels, data });
  assertEquals(result.responses[0], { error });
});

Deno.test("POST /send answers 400 with the path", async () => {
  await using server = start();
  const response = await fetch(`http://${server.host}/send`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: "#news\0bytes",
  });
  assertEquals(response.status, 400);
  assertStringIncludes(await response.text(), "data: Expected text");
});

Deno.test("What a hook publishes instead is checked, too", async () => {
  await using server = start(() => ({ data: { text: null } }));
  using sdk = await connectSdk(server);
  const wrong = sdk.client.publish("chat:1", { text: "hello" });
  assertEquals(await refusalOf(wrong), [107, PROBLEM]);
});
