/** A page of evil.example, whose name its owner had let lead to 127.0.0.1, was once a page of the server's own host (DNS rebinding). */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { AppServer } from "../routes/app_server.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { SECRET } from "../support/token.ts";

const INSECURE = { INSECURE_ANONYMOUS_ALL: "true" };

/** The status of a handshake as a page of this host makes it. */
async function handshake(url: string, host: string): Promise<number> {
  await using socket = await RawSocket.connect(url);
  const headers = { host, origin: `http://${host}` };
  return (await socket.request({ headers })).status;
}

async function statusOf(url: string, host: string): Promise<number> {
  await using socket = await RawSocket.connect(url);
  const { status } = await socket.request({
    headers: { host, upgrade: null, connection: null },
  });
  return status;
}

const FOREIGN = [
  "evil.example:8000",
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example:8000",
  "127.0.0.1@evil.example",
  "evil",
  "xlocalhost",
  "evil.example.",
];
const OWN = [
  "localhost:8000",
  "localhost",
  "LocalHost:8000",
  "localhost.:8000",
  "app.localhost:8000",
  "127.0.0.1:8000",
  "127.1.2.3",
  "[::1]:8000",
  "192.168.1.5:8000",
  "[fe80::1]",
];

for (const host of FOREIGN) {
  Deno.test(`Without tokens, a page under the name ${host} reaches nothing`, async () => {
    await using app = new AppServer({ env: INSECURE });
    assertEquals(await handshake(app.wsUrl, host), 403);
    const sdk = `ws://${app.host}/connection/websocket`;
    assertEquals(await handshake(sdk, host), 403);
    for (
      const path of [
        "/",
        "/docs",
        "/assets/console.js",
        "/openapi.json",
        "/sse?channel=a",
        "/poll?channel=a",
        "/api/info",
        "/connection/sse?cf_connect=%7B%7D",
      ]
    ) assertEquals(await statusOf(`${app.url}${path}`, host), 403, path);
    assertEquals(app.hub.size, 0);
    await app.log.waitFor("host_refused");
  });
}

for (const host of OWN) {
  Deno.test(`Without tokens, a page under the name ${host} connects`, async () => {
    await using app = new AppServer({ env: INSECURE });
    assertEquals(await handshake(app.wsUrl, host), 101);
    assertEquals(await statusOf(`${app.url}/`, host), 200);
  });
}

Deno.test("A request without a host comes from no browser, and passes", async () => {
  await using app = new AppServer({ env: INSECURE });
  await using socket = await RawSocket.connect(app.url);
  await socket.write("GET /openapi.json HTTP/1.0\r\n\r\n");
  const answer = new TextDecoder().decode(await socket.readToEnd());
  assertStringIncludes(answer, "HTTP/1.0 200 OK");
});

Deno.test("The hosts of allowed origins are names of the server, at any port; a star allows every name", async () => {
  for (
    const [allowed, host, status] of [
      ["https://app.example", "app.example", 200],
      ["https://app.example", "app.example:8000", 200],
      ["https://app.example", "other.example", 403],
      ["https://*.example.com", "a.example.com", 200],
      ["https://*.example.com", "a.b.example.com", 403],
      ["capacitor://phone", "phone", 403],
      ["null", "null", 403],
      ["*", "evil.example", 200],
    ] as const
  ) {
    const env = { ...INSECURE, ALLOWED_ORIGINS: allowed };
    await using app = new AppServer({ env });
    assertEquals(await statusOf(`${app.url}/`, host), status, allowed);
  }
});

Deno.test("The refusal says which setting names a host", async () => {
  await using app = new AppServer({ env: INSECURE });
  await using socket = await RawSocket.connect(app.url);
  const headers = { host: "evil.example", upgrade: null };
  const { body } = await socket.request({ headers });
  assertStringIncludes(body, "ALLOWED_ORIGINS");
});

Deno.test("Health checks answer under any name", async () => {
  await using app = new AppServer({ env: INSECURE });
  for (const path of ["/healthz", "/readyz"]) {
    assertEquals(await statusOf(`${app.url}${path}`, "hub.internal"), 200);
  }
});

Deno.test("A server that asks for tokens answers under any name: a name gives no page a token", async () => {
  await using app = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  assertEquals(await handshake(app.wsUrl, "hub.example"), 101);
  assertEquals(await statusOf(`${app.url}/`, "hub.example"), 200);
});

Deno.test("A program's own hub without tokens is guarded in the same way, with Hono and without", async () => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  for (const way of ["thrum", "upgrade"] as const) {
    for (const allowedOrigins of [undefined, ["https://chat.example"]]) {
      const hub = createHub({ access: "anonymous", log });
      const app = thrum(hub, { allowedOrigins });
      await using server = new EmbeddingServer(
        hub,
        (request) =>
          way === "thrum"
            ? app.fetch(request)
            : hub.upgrade(request, { allowedOrigins }) ?? new Response(),
      );
      const url = `ws://${server.host}/ws`;
      await using socket = await RawSocket.connect(url);
      const headers = { host: "chat.example", origin: "https://chat.example" };
      const { status } = await socket.request({ headers });
      assertEquals(status, allowedOrigins === undefined ? 403 : 101, way);
    }
  }
});
