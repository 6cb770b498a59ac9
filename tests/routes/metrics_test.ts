/** `/metrics`: what a scraper gets, and who is a scraper. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { Hono } from "hono";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { eventually } from "../support/eventually.ts";
import { parsePrometheus, valueOf } from "../support/prometheus.ts";
import { TextClient } from "../support/text_client.ts";
import { AppServer } from "./app_server.ts";

const KEY = "a key of the metrics";
const WITH_KEY = { INSECURE_ANONYMOUS_ALL: "true", METRICS_KEY: KEY };

async function scrape(app: AppServer, headers: HeadersInit = {}) {
  const response = await fetch(`${app.url}/metrics`, { headers });
  assertEquals(response.status, 200);
  const type = "text/plain; version=0.0.4; charset=utf-8";
  assertEquals(response.headers.get("content-type"), type);
  assertEquals(response.headers.get("cache-control"), "no-store");
  return parsePrometheus(await response.text());
}

Deno.test("Clients and what they send show in the metrics of their protocol and transport", async () => {
  await using app = new AppServer();
  const labels = { protocol: "chat", transport: "websocket" };
  {
    await using alice = await TextClient.open(app.wsUrl);
    await alice.send("+#room");
    assertEquals(await alice.next(), "+#room");
    await alice.send("#room:hello");
    assertEquals(await alice.next(), "#room:hello");
    const during = await scrape(app);
    const value = (name: string) => valueOf(during, name, labels);
    assertEquals(value("thrum_connections"), 1);
    assertEquals(value("thrum_messages_received_total"), 2);
    assertEquals(value("thrum_received_bytes_total"), 17);
    assertEquals(value("thrum_messages_sent_total"), 2);
    assertEquals(value("thrum_frames_sent_total"), 2);
    assertEquals(value("thrum_sent_bytes_total"), 17);
    assertEquals(valueOf(during, "thrum_channels"), 1);
    assertEquals(valueOf(during, "thrum_subscriptions"), 1);
    assertEquals(valueOf(during, "thrum_publications_total"), 1);
    assertEquals(valueOf(during, "thrum_publish_duration_seconds_count"), 1);
    assertEquals(valueOf(during, "thrum_broker_state", { state: "memory" }), 1);
  }
  await eventually(() => app.hub.size === 0, { awaited: "0 connections" });
  const after = await scrape(app);
  assertEquals(valueOf(after, "thrum_connections", labels), 0);
  assertEquals(valueOf(after, "thrum_connections_opened_total", labels), 1);
});

Deno.test("Requests, polls and streams have transports of their own", async () => {
  await using app = new AppServer();
  const send = { method: "POST", body: "all:hello" };
  await (await fetch(`${app.url}/send?uid=alice`, send)).body?.cancel();
  const poll = await fetch(`${app.url}/poll?channel=news&timeout=0s`);
  await poll.body?.cancel();
  const stream = await fetch(`${app.url}/sse?channel=news`);
  const families = await scrape(app);
  const opened = (protocol: string, transport: string) =>
    valueOf(families, "thrum_connections_opened_total", {
      protocol,
      transport,
    });
  assertEquals(opened("send", "request"), 1);
  assertEquals(opened("feed", "long_poll"), 1);
  assertEquals(opened("feed", "sse"), 1);
  assertEquals(opened("chat", "websocket"), 0);
  await stream.body?.cancel();
});

Deno.test("Clients for which there is no room, and an origin's frames that are too long, are refusals by limit", async () => {
  await using app = new AppServer({
    env: { INSECURE_ANONYMOUS_ALL: "true", MAX_CONNECTIONS: "1" },
  });
  await using alice = await TextClient.open(app.wsUrl);
  await TextClient.open(app.wsUrl).catch(() => {});
  await alice.send("x".repeat(70_000));
  await alice.closed;
  const families = await scrape(app);
  const refused = (limit: string) =>
    valueOf(families, "thrum_refusals_total", { limit });
  assertEquals(refused("max_connections"), 1);
  assertEquals(refused("max_message_bytes"), 1);
  assertEquals(valueOf(families, "thrum_evictions_total", { code: "1009" }), 1);
});

Deno.test("With a key, the metrics are for those that show it, this machine included", async () => {
  await using app = new AppServer({ env: WITH_KEY });
  await scrape(app, { Authorization: `Bearer ${KEY}` });
  for (
    const headers of [
      {},
      { Authorization: "Bearer another" },
      { Authorization: `apikey ${KEY}` },
      { Authorization: `Bearer ${KEY}x` },
    ] as HeadersInit[]
  ) {
    const response = await fetch(`${app.url}/metrics`, { headers });
    assertEquals(response.status, 401);
    assertEquals(response.headers.get("www-authenticate"), "Bearer");
    assertStringIncludes(await response.text(), "key");
  }
  assertEquals(app.logText.some((line) => line.includes(KEY)), false);
});

for (
  const [sentence, headers] of [
    ["a proxy on this machine hands on", { "X-Forwarded-For": "192.0.2.1" }],
    ["any proxy hands on", { Via: "1.1 proxy" }],
    ["names another host", { Host: "hub.example" }],
  ] as const
) {
  Deno.test(`Without a key, a request that ${sentence} is refused`, async () => {
    await using app = new AppServer();
    const response = await request(app, headers);
    assertStringIncludes(response, "HTTP/1.1 403");
    assertStringIncludes(response, "METRICS_KEY");
  });
}

Deno.test("Without a key, this machine may ask by any of its names", async () => {
  await using app = new AppServer();
  for (const Host of ["localhost", "127.0.0.1:80", "[::1]:8000"]) {
    assertStringIncludes(await request(app, { Host }), "HTTP/1.1 200");
  }
});

Deno.test("Without a key and a remote address, as behind another server, the metrics are refused", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = new Hono().route("/hub", thrum(hub));
  const ask = (env: unknown) =>
    app.request("http://localhost/hub/metrics", {}, env as object);
  assertEquals((await ask({})).status, 403);
  const from = (hostname: string) => ({ remoteAddr: { hostname } });
  assertEquals((await ask(from("192.0.2.1"))).status, 403);
  assertEquals((await ask(from("127.0.0.1.example"))).status, 403);
  assertEquals((await ask(from("::ffff:127.0.0.1"))).status, 403);
  const headers = { Host: "localhost" };
  const local = await app.request(
    "http://localhost/hub/metrics",
    { headers },
    from("::ffff:127.0.0.1"),
  );
  assertEquals(local.status, 200);
});

Deno.test("A mounted hub takes its key as an option, and hands the text to the program", async () => {
  await using hub = createHub({ access: "anonymous" });
  const app = new Hono().route("/hub", thrum(hub, { metricsKey: KEY }));
  const headers = { Authorization: `Bearer ${KEY}` };
  const response = await app.request("/hub/metrics", { headers });
  assertEquals(response.status, 200);
  await response.body?.cancel();
  const families = parsePrometheus(await hub.metrics());
  assertEquals(valueOf(families, "thrum_broker_ready"), 1);
});

/** The response to a request with headers that `fetch` sets by itself. */
async function request(
  app: AppServer,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const [hostname = "", port = ""] = app.host.split(":");
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries({ Host: app.host, ...headers }).map((pair) =>
    `${pair.join(": ")}\r\n`
  );
  const text = `GET /metrics HTTP/1.1\r\n${
    lines.join("")
  }Connection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(text));
  return await new Response(connection.readable).text();
}
