/** Claims of SECURITY.md about requests: headers of every answer, keys in URLs, pages of other sites. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { Hono } from "hono";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { SECRET } from "../support/token.ts";
import { API_KEY, startApi } from "./api_server.ts";
import { AppServer } from "./app_server.ts";

const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

Deno.test("Every answer of every route tells browsers to do as little as possible with it", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = thrum(hub, { apiKey: "key" });
  const paths = new Set(app.routes.map(({ path }) => path));
  assert(paths.size > 20);
  const all = [...paths].flatMap((path) => [
    path.replace("/:index{$}", "/").replace("*", "unknown"),
  ]);
  for (const path of [...all, "/nothing", "/sse?channel=a", "/poll"]) {
    for (const method of ["GET", "POST", "OPTIONS", "DELETE"]) {
      const { headers, body } = await app.request(path, { method });
      await body?.cancel();
      for (const [name, value] of Object.entries(HEADERS)) {
        assertEquals(headers.get(name), value, `${method} ${path} ${name}`);
      }
      const policy = headers.get("content-security-policy") ?? "";
      assert(policy.startsWith("default-src 'none'"), `${method} ${path}`);
      assert(policy.includes("frame-ancestors 'none'"), `${method} ${path}`);
    }
  }
});

Deno.test("Refusals have these headers too, and a handshake has none of them", async () => {
  await using app = new AppServer({ env: { INSECURE_ANONYMOUS_ALL: "true" } });
  const foreign: readonly Readonly<Record<string, string>>[] = [
    { host: "evil.example" },
    { origin: "https://evil.example" },
  ];
  for (const headers of foreign) {
    await using socket = await RawSocket.connect(app.wsUrl);
    const answer = await socket.request({ headers });
    assertEquals(answer.status, 403);
    assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
  }
  await using socket = await RawSocket.connect(app.wsUrl);
  const { status, headers } = await socket.request();
  assertEquals(status, 101);
  assertEquals(headers.get("content-security-policy"), null);
});

Deno.test("Pages of a program that mounts the hub at its root keep their own headers", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = new Hono()
    .route("/", thrum(hub, { pages: false }))
    .get("/", (c) => c.html("<script src=a></script>"))
    .get("/shop/:id", (c) => c.text("shop"));
  for (const path of ["/", "/shop/1", "/nothing"]) {
    const init = { headers: { host: "shop.example" } };
    const { status, headers } = await app.request(path, init);
    assertEquals(status, path === "/nothing" ? 404 : 200);
    assertEquals(headers.get("content-security-policy"), null, path);
  }
});

Deno.test("A key in the URL is no key: it would stand in the logs of proxies", async () => {
  await using app = startApi();
  const key = encodeURIComponent(API_KEY);
  for (const name of ["api_key", "apikey", "key", "X-API-Key"]) {
    const response = await fetch(`${app.url}/api/info?${name}=${key}`, {
      method: "POST",
    });
    assertEquals(response.status, 401);
    assertFalse((await response.text()).includes(API_KEY));
  }
  assertFalse(app.logText.join("\n").includes(API_KEY));
  const document = await (await fetch(`${app.url}/openapi.json`)).text();
  assertFalse(document.includes("api_key"));
});

Deno.test("A form of another site sends nothing: not with its origin, not as null, not without", async () => {
  await using app = new AppServer({
    env: {
      INSECURE_ANONYMOUS_ALL: "true",
      ALLOWED_ORIGINS: "https://a.example",
    },
  });
  const foreign: readonly Readonly<Record<string, string>>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const path of ["/send", "/emulation", "/connection/http_stream"]) {
    for (const headers of foreign) {
      for (
        const type of [
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
        ]
      ) {
        const response = await fetch(`${app.url}${path}`, {
          method: "POST",
          headers: { ...headers, "content-type": type },
          body: "#news:forged",
        });
        await response.body?.cancel();
        assertEquals(response.status, 403, `${path} ${type}`);
      }
    }
  }
  assertEquals((await app.hub.broker.position("news")).offset, 0);
});

Deno.test("With tokens, a sandboxed frame or a page from disk is let in only where null is named", async () => {
  for (const allowed of ["null", "https://a.example"]) {
    await using app = new AppServer({
      env: { TOKEN_SECRET: SECRET, ALLOWED_ORIGINS: allowed },
    });
    await using socket = await RawSocket.connect(app.wsUrl);
    const { status } = await socket.request({ headers: { origin: "null" } });
    assertEquals(status, allowed === "null" ? 101 : 403);
  }
});

Deno.test("No page may call the server API: it gets no leave for the header of the key", async () => {
  await using app = startApi({ ALLOWED_ORIGINS: "https://a.example" });
  const response = await fetch(`${app.url}/api/publish`, {
    method: "OPTIONS",
    headers: {
      origin: "https://a.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-api-key",
    },
  });
  await response.body?.cancel();
  assertEquals(response.status, 405);
  for (const [name] of response.headers) {
    assertFalse(name.startsWith("access-control-"), name);
  }
});

Deno.test("Neither a token nor a key stands in any answer or line of the log, whatever is wrong with it", async () => {
  await using app = startApi();
  const secret = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0.bm90aGluZw";
  const headers = { authorization: `Bearer ${secret}` };
  const requests: readonly (readonly [string, RequestInit])[] = [
    ["/sse?channel=a", { headers }],
    ["/poll?channel=a", { headers }],
    [`/poll?channel=a&token=${secret}`, {}],
    [`/nothing?token=${secret}`, {}],
    ["/send", { method: "POST", body: "a:b", headers }],
    ["/api/info", { method: "POST", headers: { "x-api-key": secret } }],
    ["/api/info", {
      method: "POST",
      headers: { authorization: `apikey ${secret}` },
    }],
  ];
  for (const [path, init] of requests) {
    const response = await fetch(`${app.url}${path}`, init);
    assert(response.status >= 400, `${path}: ${response.status}`);
    assertFalse((await response.text()).includes(secret), path);
  }
  assertFalse(app.logText.join("\n").includes(secret));
});
