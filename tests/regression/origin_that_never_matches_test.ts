/** `https://*.example.com` in ALLOWED_ORIGINS once matched no page, and origins of apps and extensions prevented the start. */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { ConfigError, loadConfig } from "../../server/config.ts";
import { AppServer } from "../routes/app_server.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { SECRET } from "../support/token.ts";

const ALLOWED = [
  "https://*.example.com",
  "capacitor://localhost",
  "tauri://localhost",
  "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh",
  "moz-extension://5f1c3a5e-7a8b-4a4a-9a51-2a2f0c6f3d11",
];
const STATUSES = {
  "https://app.example.com": 101,
  "https://a.b.example.com": 403,
  "https://example.com": 403,
  "http://app.example.com": 403,
  "https://app.example.com.evil.example": 403,
  "capacitor://localhost": 101,
  "tauri://localhost": 101,
  "chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh": 101,
  "chrome-extension://bbbbbbbbccccddddeeeeffffgggghhhh": 403,
  "moz-extension://5f1c3a5e-7a8b-4a4a-9a51-2a2f0c6f3d11": 101,
  "null": 403,
};

async function statusOf(url: string, origin: string): Promise<number> {
  await using socket = await RawSocket.connect(url);
  return (await socket.request({ headers: { origin } })).status;
}

Deno.test("ALLOWED_ORIGINS takes one label as any, and the schemes of apps and extensions", async () => {
  await using app = new AppServer({
    env: { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: ALLOWED.join(", ") },
  });
  for (const [origin, status] of Object.entries(STATUSES)) {
    assertEquals(await statusOf(app.wsUrl, origin), status, origin);
  }
});

Deno.test("The allowed origins of a hub's upgrade are read in the same way", async () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hub = createHub({ access: { tokens: { secret: SECRET } }, log });
  await using server = new EmbeddingServer(
    hub,
    (request) =>
      hub.upgrade(request, { allowedOrigins: ALLOWED }) ?? new Response(),
  );
  for (const [origin, status] of Object.entries(STATUSES)) {
    assertEquals(await statusOf(`ws://${server.host}/`, origin), status);
  }
});

for (
  const wrong of [
    "https://app.example/",
    "https://app.example/path",
    "https://user@app.example",
    "https://app.example:443",
    "https://*.com",
    "wss://app.example",
    "app.example",
    "https://a.example,,https://b.example",
  ]
) {
  Deno.test(`An origin that no page can have is an error: ${wrong}`, async () => {
    const env: Record<string, string> = {
      TOKEN_SECRET: SECRET,
      ALLOWED_ORIGINS: wrong,
    };
    const { problems } = assertThrows(
      () => loadConfig((name) => env[name]),
      ConfigError,
    );
    assertEquals(problems.length, 1);
    assertStringIncludes(problems[0]!, `ALLOWED_ORIGINS="${wrong}": expected`);

    await using hub = createHub({ access: "anonymous" });
    const allowedOrigins = wrong.split(",");
    assertThrows(() => thrum(hub, { allowedOrigins }), TypeError, "expected");
    const headers = { upgrade: "websocket" };
    const request = new Request("http://localhost/", { headers });
    assertThrows(() => hub.upgrade(request, { allowedOrigins }), TypeError);
  });
}
