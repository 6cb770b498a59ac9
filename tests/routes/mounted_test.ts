/** A hub that is mounted under a path of another app: all of it works there. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Hono } from "hono";
import { createHub } from "../../lib/create_hub.ts";
import { thrum, type ThrumOptions } from "../../routes/mod.ts";
import { httpSocket, TextClient as Client } from "../../lib/client/mod.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { eventually } from "../support/eventually.ts";
import { Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";

const apiKey = "the key of the tests";

function startMounted(options: ThrumOptions = { apiKey }) {
  const hub = createHub({ access: "anonymous" });
  const app = new Hono();
  app.get("/", (c) => c.text("The app itself.\n"));
  app.route("/realtime", thrum(hub, options));
  return new EmbeddingServer(hub, (request) => app.fetch(request));
}

/** Addresses that a page loads or links to, as a browser resolves them. */
function addressesOf(html: string, base: string): string[] {
  return [...html.matchAll(/ (?:src|href)="([^"#][^"]*)"/g)]
    .map(([, address = ""]) => new URL(address, base).href);
}

Deno.test("A mounted hub speaks the text protocol at its path, and leaves the rest to the app", async () => {
  await using server = startMounted();
  const url = `ws://${server.host}/realtime/ws`;
  await using alice = await TextClient.open(`${url}?uid=alice`);
  await using bob = await TextClient.open(`${url}?uid=bob&from=1`);
  alice.send("bob:hello");
  assertEquals(await bob.next(), "alice>hello");
  const own = await fetch(`http://${server.host}/`);
  assertEquals(await own.text(), "The app itself.\n");
});

for (const transport of ["websocket", "sse", "http_stream"] as const) {
  Deno.test(`An SDK reaches a mounted hub over ${transport}`, async () => {
    await using server = startMounted();
    const base = `${server.host}/realtime`;
    const scheme = transport === "websocket" ? "ws" : "http";
    const endpoint = `${scheme}://${base}/connection/${transport}`;
    using sdk = new Sdk([{ transport, endpoint }], {
      emulationEndpoint: `http://${base}/emulation`,
    });
    await sdk.connect();
    const news = await sdk.subscribe("news");
    await server.hub.publish("news", { headline: "hello" });
    await news.count(1);
    assertEquals(news.data, [{ headline: "hello" }]);
  });
}

for (const transport of ["sse", "poll"] as const) {
  Deno.test(`The text client reaches a mounted hub without a WebSocket, over ${transport}`, async () => {
    await using server = startMounted();
    const received: string[] = [];
    const client = new Client(`ws://${server.host}/realtime/ws`, {
      WebSocket: httpSocket(transport),
      uid: "alice",
      onMessage: (data) => received.push(String(data)),
    });
    client.join("news");
    client.connect();
    client.send("#news:hello");
    try {
      await eventually(() => received.includes("#news:hello"), {
        awaited: () => `the publication; there is ${received}`,
      });
    } finally {
      client.close();
    }
  });
}

Deno.test("The server API of a mounted hub takes its key, and publishes", async () => {
  await using server = startMounted();
  const url = `http://${server.host}/realtime/api/publish`;
  await using alice = await TextClient.open(`ws://${server.host}/realtime/ws`);
  alice.send("+#news");
  assertEquals(await alice.next(), "+#news");
  const body = JSON.stringify({ channel: "news", data: "hello" });
  const call = (key: string) =>
    fetch(url, { method: "POST", headers: { "X-API-Key": key }, body });
  const refused = await call("another");
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
  assertStringIncludes(await (await call(apiKey)).text(), '{"result":');
  assertEquals(await alice.next(), "#news:hello");
});

for (
  const [at, base] of [["/api/x", "/api/x"], ["/:tenant", "/acme"]] as const
) {
  Deno.test(`The server API of a hub at ${at} answers there alone`, async () => {
    const hub = createHub({ access: "anonymous" });
    const app = new Hono().route(at, thrum(hub, { apiKey }));
    await using server = new EmbeddingServer(
      hub,
      (request) => app.fetch(request),
    );
    const call = async (path: string) => {
      const response = await fetch(`http://${server.host}${base}${path}`, {
        method: "POST",
        headers: { "X-API-Key": apiKey },
        body: "{}",
      });
      await response.body?.cancel();
      return response.status;
    };
    assertEquals(await call("/api/info"), 200);
    for (const path of ["/api/x/api/info", "/api/api/info", "/api/info/"]) {
      assertEquals(await call(path), 404, path);
    }
  });
}

Deno.test("The pages of a mounted hub load what is there, with or without the last slash", async () => {
  await using server = startMounted();
  for (const path of ["/realtime", "/realtime/", "/realtime/docs"]) {
    const page = await fetch(`http://${server.host}${path}`);
    const addresses = addressesOf(await page.text(), page.url);
    assert(addresses.length >= 3, `${path}: ${addresses}`);
    for (const address of addresses) {
      assertStringIncludes(address, "/realtime/");
      const response = await fetch(address);
      await response.body?.cancel();
      // Where nothing says that a request is of this machine, the inspector is closed.
      const expected = address.endsWith("/realtime/inspector") ? 403 : 200;
      assertEquals(response.status, expected, address);
    }
  }
});

Deno.test("The page of a mounted hub has its guards, and leaves the paths beside it to the program", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = new Hono()
    .route("/realtime", thrum(hub))
    .get("/realtime/*", (c) => c.text("the program's own"));
  const get = (path: string, host = "localhost") =>
    app.request(path, { headers: { host } });
  const page = await get("/realtime/");
  assertStringIncludes(await page.text(), "<html");
  assertEquals(page.headers.get("x-frame-options"), "DENY");
  const refused = await get("/realtime/", "evil.example");
  assertEquals(refused.status, 403);
  assertEquals(refused.headers.get("x-frame-options"), "DENY");
  const other = await get("/realtime/other/", "evil.example");
  assertEquals(await other.text(), "the program's own");
  assertEquals(other.headers.get("x-frame-options"), null);
});

Deno.test("The documents of a mounted hub name the server under its path", async () => {
  await using server = startMounted();
  const base = `http://${server.host}/realtime`;
  const openApi = await (await fetch(`${base}/openapi.json`)).json();
  const [here] = openApi.servers;
  assertEquals(new URL(here.url, `${base}/openapi.json`).href, `${base}/`);
  assert("/api/publish" in openApi.paths);
  const { servers } = await (await fetch(`${base}/asyncapi.json`)).json();
  assertEquals(servers.here.host, server.host);
  assertEquals(servers.here.pathname, "/realtime");
  const docs = await (await fetch(`${base}/docs/reference`)).text();
  assertStringIncludes(docs, `"$HUB/api/publish"`);
});

Deno.test("The documents of a hub below a path that a proxy strips name the path that the proxy states", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = thrum(hub);
  const serverOf = async (prefix: string) => {
    const headers = { "x-forwarded-prefix": prefix };
    const response = await app.request("/asyncapi.json", { headers });
    return (await response.json()).servers.here.pathname ?? "";
  };
  assertEquals(await serverOf("/hub"), "/hub");
  assertEquals(await serverOf("/tools/hub"), "/tools/hub");
  for (const wrong of ["hub", "/hub/", "//evil.example", "/a b", '/"']) {
    assertEquals(await serverOf(wrong), "", wrong);
  }
});

Deno.test("A mounted hub without pages has its health and documents, and no page", async () => {
  await using server = startMounted({ pages: false });
  const statuses = await Promise.all(
    ["", "/", "/docs", "/assets/style.css", "/healthz", "/openapi.json"]
      .map(async (path) => {
        const response = await fetch(`http://${server.host}/realtime${path}`);
        await response.body?.cancel();
        return response.status;
      }),
  );
  assertEquals(statuses, [404, 404, 404, 404, 200, 200]);
});

Deno.test("Pages of other origins may use a mounted hub only where they are named", async () => {
  const headers = { origin: "https://app.example" };
  for (const allowedOrigins of [undefined, [headers.origin]]) {
    await using server = startMounted({ allowedOrigins });
    const url = `http://${server.host}/realtime/poll?channel=news&timeout=0`;
    const response = await fetch(url, { headers });
    await response.body?.cancel();
    assertEquals(response.status, allowedOrigins === undefined ? 403 : 200);
  }
});
