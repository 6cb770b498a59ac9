/** The opening handshake over raw TCP (RFC 6455 §4.2), right and wrong. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { OPCODE } from "../support/frame.ts";
import {
  formatRequest,
  type RawRequest,
  type RawResponse,
} from "../support/raw_http.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { AppServer } from "./app_server.ts";

/** The accept value of RFC 6455 §1.3, for the key that every handshake here sends. */
const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

async function ask(request: RawRequest = {}): Promise<RawResponse> {
  await using app = new AppServer();
  await using socket = await RawSocket.connect(app.wsUrl);
  return await socket.request(request);
}

/** The response to a handshake whose head is written as it is, but for the host. */
async function askWith(lines: readonly string[]): Promise<RawResponse> {
  await using app = new AppServer();
  await using socket = await RawSocket.connect(app.wsUrl);
  const head = ["GET /ws HTTP/1.1", `Host: ${app.host}`, ...lines, "", ""];
  await socket.write(head.join("\r\n"));
  return await socket.readResponse();
}

Deno.test("Handshake answers the key of RFC 6455 with its accept value", async () => {
  const { status, headers } = await ask();
  assertEquals(status, 101);
  assertEquals(headers.get("sec-websocket-accept"), ACCEPT);
  assertEquals(headers.get("upgrade")?.toLowerCase(), "websocket");
  assertEquals(headers.get("connection")?.toLowerCase(), "upgrade");
  assertEquals(headers.get("sec-websocket-protocol"), null);
  assertEquals(headers.get("sec-websocket-extensions"), null);
});

const SPELLINGS = {
  "lower-case names and values": [
    "upgrade: websocket",
    "connection: upgrade",
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-version: 13",
  ],
  "upper-case names and values": [
    "UPGRADE: WEBSOCKET",
    "CONNECTION: UPGRADE",
    "SEC-WEBSOCKET-KEY: dGhlIHNhbXBsZSBub25jZQ==",
    "SEC-WEBSOCKET-VERSION: 13",
  ],
  "what Firefox sends": [
    "Upgrade: websocket",
    "Connection: keep-alive, Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Extensions: permessage-deflate",
  ],
  "Connection on two lines": [
    "Upgrade: websocket",
    "Connection: keep-alive",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
  ],
};

for (const [spelling, lines] of Object.entries(SPELLINGS)) {
  Deno.test(`Handshake accepts ${spelling}`, async () => {
    const { status, headers } = await askWith(lines);
    assertEquals(status, 101);
    assertEquals(headers.get("sec-websocket-accept"), ACCEPT);
  });
}

const REFUSALS: Record<string, RawRequest & { readonly status: number }> = {
  "another upgrade": { headers: { upgrade: "h2c" }, status: 426 },
  "no Connection: Upgrade": {
    headers: { connection: "keep-alive" },
    status: 426,
  },
  "no version": { headers: { "sec-websocket-version": null }, status: 426 },
  "a list of versions": {
    headers: { "sec-websocket-version": "13, 8" },
    status: 426,
  },
  "no key": { headers: { "sec-websocket-key": null }, status: 400 },
  "a short key": {
    headers: { "sec-websocket-key": "dGhlIHNhbXBsZQ==" },
    status: 400,
  },
  "a key of 17 bytes": {
    headers: { "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZTE=" },
    status: 400,
  },
  "a key that is no base64": {
    headers: { "sec-websocket-key": "dGhlIHNhbXBsZSBub25j*Q==" },
    status: 400,
  },
};

for (const [mistake, { status, ...request }] of Object.entries(REFUSALS)) {
  Deno.test(`Handshake refuses ${mistake} with ${status}`, async () => {
    const response = await ask(request);
    assertEquals(response.status, status);
    assertEquals(response.headers.get("sec-websocket-accept"), null);
    assertEquals(
      response.headers.get("content-type"),
      "text/plain; charset=utf-8",
    );
  });
}

Deno.test("A request without an upgrade is told how to connect", async () => {
  const response = await ask({
    headers: {
      upgrade: null,
      connection: null,
      "sec-websocket-key": null,
      "sec-websocket-version": null,
    },
  });
  assertEquals(response.status, 426);
  assertEquals(response.headers.get("upgrade"), "websocket");
  assertStringIncludes(response.body, "npx wscat -c ws://");
  assertEquals(response.body.trimEnd().split("\n").length, 1);
});

Deno.test("Version 8 is told that the server speaks 13", async () => {
  const response = await ask({ headers: { "sec-websocket-version": "8" } });
  assertEquals(response.status, 426);
  assertEquals(response.headers.get("sec-websocket-version"), "13");
});

for (const method of ["POST", "PUT", "OPTIONS"]) {
  Deno.test(`${method} is refused with 405 and the method that is allowed`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(app.wsUrl);
    const { status, headers } = await socket.request({ method });
    assertEquals(status, 405);
    assertEquals(headers.get("allow"), "GET");
    assertEquals(app.hub.admission.count, 0);
  });
}

Deno.test("Frames sent together with the handshake are not lost", async () => {
  await using app = new AppServer();
  await using socket = await RawSocket.connect(app.wsUrl);
  const handshake = formatRequest(new URL(app.wsUrl), {});
  // With a mask of zeros the payload is the text itself.
  const ping = "\x81\x84\0\0\0\0ping";
  const bytes = Uint8Array.from(
    handshake + ping,
    (character) => character.charCodeAt(0),
  );
  await socket.write(bytes);
  assertEquals((await socket.readResponse()).status, 101);
  const frame = await socket.readFrame();
  assertEquals(frame?.opcode, OPCODE.text);
  assertEquals(new TextDecoder().decode(frame?.payload), "pong");
});

for (const path of ["/ws", "/sse?channel=news", "/poll?channel=news"]) {
  Deno.test(`A request of ${path} with an invalid host gets 400, and no line of an error`, async () => {
    await using app = new AppServer();
    await using socket = await RawSocket.connect(
      app.wsUrl.replace("/ws", path),
    );
    const { status, body } = await socket.request({ headers: { host: "a b" } });
    assertEquals([status, body], [400, "The host is invalid.\n"]);
    assertEquals(app.log.lines.map(({ event }) => event), []);
  });
}
