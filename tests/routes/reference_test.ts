/** The reference: documents that are valid and true, and a page that loads nothing from elsewhere. */

import { Validator } from "@seriousme/openapi-schema-validator";
import {
  assert,
  assertEquals,
  assertFalse,
  assertStringIncludes,
} from "@std/assert";
import * as v from "valibot";
import { centrifugeProtocol } from "../../lib/protocol/centrifuge.ts";
import { textProtocol } from "../../lib/protocol/text.ts";
import { API_METHODS } from "../../lib/server_api/server_api.ts";
import { METHOD_NOTES } from "../../routes/reference/api_methods.ts";
import { asyncApiOf } from "../../routes/reference/asyncapi.ts";
import { SDK_MESSAGES } from "../../routes/reference/asyncapi_sdk.ts";
import { TEXT_MESSAGES } from "../../routes/reference/asyncapi_text.ts";
import { problemsOf } from "../support/asyncapi.ts";
import { TextClient } from "../support/text_client.ts";
import { API_KEY, callApi, startApi } from "./api_server.ts";
import { AppServer } from "./app_server.ts";

async function get(app: AppServer, path: string) {
  const response = await fetch(`${app.url}${path}`);
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

Deno.test("/openapi.json is a valid OpenAPI 3.1 of every method and health check", async () => {
  await using app = new AppServer();
  const { status, headers, text } = await get(app, "/openapi.json");
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "application/json");
  const document = JSON.parse(text);
  assertEquals(document.openapi, "3.1.0");
  assertEquals(await new Validator().validate(document), { valid: true });
  const paths = [...API_METHODS.keys()].map((name) => `/api/${name}`);
  for (const path of [...paths, "/healthz", "/readyz"]) {
    assert(Object.hasOwn(document.paths, path), path);
  }
  const { requestBody } = document.paths["/api/publish"].post;
  const { schema } = requestBody.content["application/json"];
  assertEquals(schema.required, ["channel"]);
  assertEquals(schema.properties.tags.type, "object");
  for (const [name, field] of Object.entries<object>(schema.properties)) {
    assert("description" in field, name);
  }
});

Deno.test("A document that is no OpenAPI is seen to be none", async () => {
  await using app = new AppServer();
  const { text } = await get(app, "/openapi.json");
  const wrong = text.replace('"operationId"', '"operationID"')
    .replace('"info":{"title"', '"info":{"name"');
  const { valid } = await new Validator().validate(JSON.parse(wrong));
  assertFalse(valid);
});

Deno.test("/asyncapi.json is a valid AsyncAPI 3 without a remark", async () => {
  await using app = new AppServer();
  const { status, text } = await get(app, "/asyncapi.json");
  assertEquals(status, 200);
  const document = JSON.parse(text);
  assert(document.asyncapi.startsWith("3."));
  assertEquals(document.servers.here.host, app.host);
  assertEquals(
    Object.values<{ address: string }>(document.channels)
      .map(({ address }) => address),
    ["/ws", "/connection/websocket"],
  );
  assertEquals(problemsOf(document), []);
});

for (
  const [what, by] of [
    ["#/channels/sdk/messages/push", "#/channels/sdk/messages/pull"],
    ['"action":"send"', '"action":"shout"'],
    ['"host":', '"hostname":'],
  ] as const
) {
  Deno.test(`A document with ${by} is seen to be no AsyncAPI`, () => {
    const text = JSON.stringify(
      asyncApiOf({ host: "localhost", pathname: "" }),
    );
    assertStringIncludes(text, what);
    assert(problemsOf(JSON.parse(text.replace(what, by))).length > 0);
  });
}

for (const { name, from, payload, examples } of Object.values(TEXT_MESSAGES)) {
  Deno.test(`The example of the text message ${name} is one`, () => {
    const pattern = "pattern" in payload ? String(payload.pattern) : "";
    for (const { payload: example } of examples) {
      assert(new RegExp(pattern).test(String(example)), `${example}`);
      if (from !== "client") continue;
      assertEquals(textProtocol.decode(String(example))[0]?.type, name);
    }
  });
}

for (const { name, from, examples } of Object.values(SDK_MESSAGES)) {
  if (from !== "client") continue;
  Deno.test(`The examples of the SDK message ${name} are commands`, () => {
    for (const { payload } of examples) {
      const [command] = centrifugeProtocol.decode(JSON.stringify(payload));
      assert(command !== undefined && command.type !== "invalid");
    }
  });
}

/** The first line of an answer that goes on. */
async function firstLine(
  { url }: AppServer,
  name: string,
  body: object,
): Promise<unknown> {
  const response = await fetch(`${url}/api/${name}`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body: JSON.stringify(body),
  });
  assertEquals(response.headers.get("content-type"), "application/x-ndjson");
  const reader = response.body?.pipeThrough(new TextDecoderStream())
    .getReader();
  const { value = "" } = await reader?.read() ?? {};
  await reader?.cancel();
  // It notices at its next line, after two seconds and a half at most, that its reader has gone.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  return JSON.parse(value);
}

/** The id of the only connection, once its client has been answered. */
async function idOf(app: AppServer, client: TextClient): Promise<string> {
  client.send("ping");
  assertEquals(await client.next(), "pong");
  const { text } = await callApi(app, "connections");
  return JSON.parse(text).result.connections[0].client;
}

for (const [name, note] of Object.entries(METHOD_NOTES)) {
  Deno.test(`The example of ${name} does something, and its result is as described`, async () => {
    await using app = startApi({ CHANNEL_RECOVERY_MODE: "cache" });
    await callApi(app, "publish", {
      channel: "news",
      data: 1,
      tags: { a: "b" },
    });
    if (note.lines) {
      v.parse(note.result, await firstLine(app, name, note.example));
      return;
    }
    await using client = await TextClient.open(`${app.wsUrl}?uid=alice`);
    const example = name === "connection"
      ? { client: await idOf(app, client) }
      : note.example;
    const { text } = await callApi(app, name, example);
    const answer = JSON.parse(text);
    // Nobody answers calls in this server.
    if (name === "rpc") return assertEquals(answer.error.code, 108);
    v.parse(note.result, note.bare ? answer : answer.result);
  });
}

Deno.test("Every method of the API has a note, and no other has", () => {
  assertEquals(Object.keys(METHOD_NOTES), [...API_METHODS.keys()]);
});

Deno.test("/docs/reference shows all of it, without a script, and under a strict policy", async () => {
  await using app = new AppServer();
  const { status, headers, text } = await get(app, "/docs/reference");
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "text/html; charset=UTF-8");
  const policy = headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, "default-src 'none'");
  assertStringIncludes(policy, "script-src 'self'");
  assertFalse(/unsafe|\*/.test(policy), policy);
  assertFalse(/<script|<style|\sstyle=|\son\w+=/.test(text));
  for (const [name, { summary }] of Object.entries(METHOD_NOTES)) {
    assertStringIncludes(text, `<section id="${name}">`);
    assertStringIncludes(text, summary.replace("'", "&#39;"));
  }
  for (
    const field of [
      "idempotency_key",
      "since.epoch",
      "disconnect.reason",
      "override.join_leave.value",
    ]
  ) assertStringIncludes(text, `<code>${field}</code>`);
  const loaded = [...text.matchAll(/<link[^>]* href="([^"]+)"/g)];
  assertEquals(loaded.length, 2);
  for (const [, path = ""] of loaded) {
    const file = await get(app, `/${path}`);
    assertEquals(file.status, 200, path);
    assertFalse(
      /(?:https?:)?\/\/[\w-]/.test(file.text.replace(/xmlns="[^"]+"/, "")),
      path,
    );
  }
});
