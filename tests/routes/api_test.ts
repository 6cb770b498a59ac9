/** The server API over HTTP: its key, its methods and invalid requests. */

import {
  assert,
  assertEquals,
  assertFalse,
  assertStringIncludes,
} from "@std/assert";
import { RawSocket } from "../support/raw_socket.ts";
import { TextClient } from "../support/text_client.ts";
import { API_KEY, callApi, startApi } from "./api_server.ts";
import { AppServer } from "./app_server.ts";

const BODY = '{"channel":"room","data":"hello"}';

async function post(
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(url, { method: "POST", body: BODY, ...init });
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

const KEYS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  "X-API-Key": (url) => post(url, { headers: { "X-API-Key": API_KEY } }),
  "Authorization: apikey": (url) =>
    post(url, { headers: { Authorization: `apikey ${API_KEY}` } }),
  "Authorization: ApiKey": (url) =>
    post(url, { headers: { Authorization: `ApiKey ${API_KEY}` } }),
};

for (const [place, send] of Object.entries(KEYS)) {
  Deno.test(`A backend shows its key as ${place}, and publishes`, async () => {
    await using app = startApi();
    await using client = await TextClient.open(`${app.wsUrl}?uid=bob`);
    client.send("+#room");
    assertEquals(await client.next(), "+#room");
    await send(`${app.url}/api/publish`);
    assertEquals(await client.next(), "#room:hello");
  });
}

Deno.test("The answer is JSON", async () => {
  await using app = startApi();
  const { status, headers, text } = await post(`${app.url}/api/info`, {
    headers: { "X-API-Key": API_KEY },
    body: "",
  });
  assertEquals(status, 200);
  assertEquals(headers.get("content-type"), "application/json");
  assertEquals(JSON.parse(text).result.nodes.length, 1);
});

/** The error in an answer of JSON. */
function errorIn(text: string): { code: number; message: string } {
  return JSON.parse(text).error;
}

const REFUSED: Readonly<Record<string, HeadersInit>> = {
  "no key": {},
  "an empty key": { "X-API-Key": "" },
  "another key": { "X-API-Key": `${API_KEY}!` },
  "half a key": { "X-API-Key": API_KEY.slice(1) },
  "a key of another scheme": { Authorization: `Bearer ${API_KEY}` },
};

for (const [flaw, headers] of Object.entries(REFUSED)) {
  Deno.test(`A request with ${flaw} is answered with 401, and does nothing`, async () => {
    await using app = startApi();
    const answer = await post(`${app.url}/api/publish`, { headers });
    assertEquals(answer.status, 401);
    assertEquals(answer.headers.get("www-authenticate"), "apikey");
    assertEquals(answer.headers.get("content-type"), "application/json");
    const isWrong = "X-API-Key" in headers;
    assertEquals(errorIn(answer.text), {
      code: 101,
      message: isWrong
        ? "another key than the API_KEY of the server"
        : "no key: the server API expects its API_KEY as X-API-Key, or as Authorization: apikey …",
    });
    await app.log.waitFor("api_key_refused");
    assertFalse(app.logText.join("\n").includes(API_KEY));
    const { text } = await callApi(app, "history", { channel: "room" });
    assertEquals(JSON.parse(text).result.offset, 0);
  });
}

Deno.test("Without a key in the settings the server API is off", async () => {
  await using app = new AppServer();
  for (const key of ["", "undefined", "key"]) {
    const headers = { "X-API-Key": key };
    const answer = await post(`${app.url}/api/publish`, { headers });
    assertEquals(answer.status, 404);
    assertEquals(errorIn(answer.text).code, 108);
    assertStringIncludes(errorIn(answer.text).message, "set API_KEY");
  }
});

Deno.test("A method that does not exist is answered with 404 and the names of those that do", async () => {
  await using app = startApi();
  const methods = [
    "constructor",
    "publish/more",
    "more/publish",
    "more/api/publish",
    "api/publish",
    "publish/",
    "",
  ];
  for (const method of ["no_such_method", ...methods]) {
    const { status, text } = await callApi(app, method);
    assertEquals(status, 404, method);
    const { code, message } = errorIn(text);
    assertEquals(code, 104);
    assertStringIncludes(message, "publish, broadcast, append, subscribe");
  }
});

for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
  Deno.test(`${method} is answered with 405`, async () => {
    await using app = startApi();
    const response = await fetch(`${app.url}/api/info`, {
      method,
      headers: { "X-API-Key": API_KEY },
    });
    assertEquals(errorIn(await response.text()).code, 107);
    assertEquals(response.status, 405);
    assertEquals(response.headers.get("allow"), "POST");
  });
}

for (const body of ["{", "channel=room", '{"a":1}{"b":2}', "\0"]) {
  Deno.test(`The body ${JSON.stringify(body)} is answered with 400`, async () => {
    await using app = startApi();
    const { status, text } = await callApi(app, "publish", body);
    assertEquals(status, 400);
    const message = "the body is not valid JSON";
    assertEquals(errorIn(text), { code: 107, message });
  });
}

Deno.test("A body of 16 longest messages is accepted, and a longer one answered with 413", async () => {
  await using app = startApi({ MAX_MESSAGE_BYTES: "100" });
  const sized = (bytes: number) => {
    const rest = '{"channel":"room","data":""}'.length;
    const data = "x".repeat(bytes - rest);
    return JSON.stringify({ channel: "room", data });
  };
  assertEquals((await callApi(app, "publish", sized(1_600))).status, 200);
  const { status, text } = await callApi(app, "publish", sized(1_601));
  assertEquals(status, 413);
  const message = "A body has at most 1600 bytes.";
  assertEquals(errorIn(text), { code: 106, message });
});

Deno.test("A body without Content-Length has the same bound", async () => {
  await using app = startApi({ MAX_MESSAGE_BYTES: "100" });
  await using socket = await RawSocket.connect(app.url);
  const head = [
    "POST /api/publish HTTP/1.1",
    `Host: ${app.host}`,
    `X-API-Key: ${API_KEY}`,
    "Transfer-Encoding: chunked",
  ].join("\r\n");
  const chunk = `640\r\n${"x".repeat(1_600)}\r\n`;
  await socket.write(`${head}\r\n\r\n${chunk}${chunk}`);
  assertEquals((await socket.readResponse()).status, 413);
});

Deno.test("A field that no method knows has no effect, and one line of the log", async () => {
  await using app = startApi();
  const body = { channel: "room", data: 1, idempotencyKey: "a" };
  for (let time = 0; time < 3; time++) {
    assertEquals((await callApi(app, "publish", body)).status, 200);
  }
  await app.log.waitFor("unknown_field");
  const lines = app.logText.filter((line) => line.includes("unknown_field"));
  assertEquals(lines.length, 1);
  assertStringIncludes(lines.join(), '"field":"idempotencyKey"');
  assertStringIncludes(lines.join(), "idempotency_key");
});

Deno.test("A mistake in the body is answered in a sentence, with status 200", async () => {
  await using app = startApi();
  const { status, text } = await callApi(app, "publish", { data: 1 });
  assertEquals(status, 200);
  assertEquals(
    text,
    '{"error":{"code":107,"message":"$.channel: expected a string, but got nothing"}}',
  );
});

Deno.test("rpc is not available where no program answers it", async () => {
  await using app = startApi();
  const { text } = await callApi(app, "rpc", { method: "sum" });
  assert(text.includes('"code":108'), text);
});
