/** `GET /sse`: what EventSource and curl make of it. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { EventSource } from "eventsource";
import { deadline } from "../support/deadline.ts";
import { EventBlocks } from "../support/event_blocks.ts";
import { eventually } from "../support/eventually.ts";
import { LineStream } from "../support/line_stream.ts";
import { signToken } from "../support/token.ts";
import { AppServer } from "./app_server.ts";

const SECRET = "a secret of more than thirty-two bytes";

async function listen(server: AppServer, query: string, init?: RequestInit) {
  const lines = await LineStream.open(`${server.url}/sse?${query}`, init);
  return { lines, blocks: new EventBlocks(lines) };
}

Deno.test("An event stream begins with the delay for coming back, chosen for each client", async () => {
  await using server = new AppServer();
  const delays = new Set<string | undefined>();
  for (let client = 0; client < 4; client++) {
    const { lines, blocks } = await listen(server, "channel=news");
    await using _ = lines;
    const { retry } = await blocks.next() ?? {};
    assert(Number(retry) >= 1_000 && Number(retry) <= 2_000, retry);
    delays.add(retry);
  }
  assert(delays.size > 1);
});

Deno.test("Each event has the position in all channels, before the client has got its data", async () => {
  await using server = new AppServer();
  const query = "channel=a&channel=b&channel=a";
  const { lines, blocks } = await listen(server, query);
  const ids: string[] = [];
  {
    await using _ = lines;
    for (const channel of ["a", "b", "a", "b"]) {
      server.hub.publish(channel, `to ${channel}`);
      const event = await blocks.event();
      ids.push(event?.id ?? "none");
    }
  }
  // Back to every one of these positions, each time with exactly the rest.
  for (const [index, id] of ids.entries()) {
    const headers = { "Last-Event-ID": id };
    const back = await listen(server, query, { headers });
    await using _ = back.lines;
    server.hub.publish("a", "end");
    const received: string[] = [];
    for (;;) {
      const { data } = JSON.parse((await back.blocks.event())?.data ?? "");
      received.push(data);
      if (received.filter((each) => each === "end").length === index + 1) break;
    }
    const rest = ["to a", "to b", "to a", "to b"].slice(index + 1);
    const ends = Array.from({ length: index + 1 }, () => "end");
    assertEquals(received.toSorted(), [...rest, ...ends].toSorted());
  }
});

Deno.test("Publications that fall together have an id each, also beside an SDK that joins them", async () => {
  await using server = new AppServer();
  const { hub } = server;
  const body = '{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"a"}}';
  await using sdk = await LineStream.open(
    `${server.url}/connection/http_stream`,
    { method: "POST", body },
  );
  await sdk.next();
  for (const query of ["channel=a", "channel=a&channel=b"]) {
    const { lines, blocks } = await listen(server, query);
    await using _ = lines;
    while (!blocks.id) await blocks.next();
    for (let number = 0; number < 5; number++) hub.publish("a", number + "");
    const ids = new Set<string>();
    for (let number = 0; number < 5; number++) {
      const event = await blocks.event();
      assertEquals(JSON.parse(event?.data ?? "").data, `${number}`);
      ids.add(event?.id ?? "");
    }
    assertEquals(ids.size, 5);
  }
});

Deno.test("A stream without news has a comment now and then", async () => {
  await using server = new AppServer({ limits: { listenerPingMs: 50 } });
  const { lines, blocks } = await listen(server, "channel=news");
  await using _ = lines;
  const seen: string[] = [];
  while (seen.length < 3) seen.push(...(await blocks.next())?.comments ?? []);
  assertEquals(seen, ["", "", ""]);
});

Deno.test("A client that only listens is never too silent", async () => {
  await using server = new AppServer({
    limits: { heartbeatTimeoutMs: 100, pingIntervalMs: 100, pongTimeoutMs: 50 },
  });
  const { lines, blocks } = await listen(server, "channel=news");
  await using _ = lines;
  await new Promise((resolve) => setTimeout(resolve, 500));
  server.hub.publish("news", "still there?");
  assertEquals(
    JSON.parse((await blocks.event())?.data ?? "").data,
    "still there?",
  );
});

Deno.test("A direct message has no channel and no id, and comes once for each stream of its uid", async () => {
  await using server = new AppServer();
  const { lines, blocks } = await listen(server, "uid=alice");
  await using _ = lines;
  await blocks.next();
  await server.hub.sendTo("alice", "psst");
  const { data, id } = await blocks.event() ?? {};
  assertEquals([JSON.parse(data ?? ""), id], [{ data: "psst" }, ""]);
});

Deno.test("A drain gives the client of a stream a time to come back, in its event and for EventSource", async () => {
  await using server = new AppServer();
  const { lines, blocks } = await listen(server, "channel=news");
  await using _ = lines;
  while (!blocks.id) await blocks.next();
  await server[Symbol.asyncDispose]();
  const event = await blocks.event();
  assertEquals(event?.type, "disconnect");
  const { retry_after_ms, ...rest } = JSON.parse(event?.data ?? "");
  assertEquals(rest, { code: 3001, reason: "shutdown", reconnect: true });
  assert(retry_after_ms >= 0 && retry_after_ms < 1_000, `${retry_after_ms}`);
  const { retry } = await blocks.next() ?? {};
  assertEquals(retry, String(retry_after_ms));
  assertEquals(await blocks.next(), undefined);
});

for (
  const [query, init, status] of [
    ["channel=unknown:room", {}, 404],
    ["channel=", {}, 400],
    [`channel=${"x".repeat(256)}`, {}, 400],
    ["channel=a%0Ab", {}, 400],
    ["channel=a&since=nonsense", {}, 400],
    ["channel=a&uid=all", {}, 400],
    [Array.from({ length: 129 }, (_, n) => `channel=${n}`).join("&"), {}, 400],
  ] as const
) {
  Deno.test(`/sse?${query.slice(0, 60)} is answered with ${status}, and nothing is left`, async () => {
    await using server = new AppServer();
    const response = await fetch(`${server.url}/sse?${query}`, init);
    await response.body?.cancel();
    assertEquals(response.status, status);
    await eventually(() => server.hub.admission.count + server.hub.size === 0, {
      awaited: "its slot",
    });
    assertEquals(server.hub.channels.size, 0);
  });
}

Deno.test("/sse takes a token, and no uid without one; a channel without permission is 403", async () => {
  await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  const ask = async (query: string, token?: string) => {
    const headers: HeadersInit = token
      ? { authorization: `Bearer ${token}` }
      : {};
    const leave = new AbortController();
    const { signal } = leave;
    const response = await fetch(`${server.url}/sse?${query}`, {
      headers,
      signal,
    });
    leave.abort();
    await response.body?.cancel().catch(() => {});
    return response.status;
  };
  const token = await signToken({ sub: "alice" }, { secret: SECRET });
  assertEquals(await ask("channel=news"), 401);
  assertEquals(await ask("channel=news&uid=alice"), 401);
  assertEquals(await ask("channel=news", "bad"), 401);
  assertEquals(await ask("channel=news", token), 200);
  assertEquals(await ask("channel=news&channel=$secret", token), 403);
  assertEquals(await ask("channel=dialog%23bob", token), 403);
  await eventually(() => server.hub.size === 0, { awaited: "the end" });
});

Deno.test("A token's own channels are for other connections: an event stream gets what it asks for", async () => {
  await using server = new AppServer({ env: { TOKEN_SECRET: SECRET } });
  const claims = {
    sub: "alice",
    channels: ["own"],
    subs: { mine: {} },
    caps: [{ channels: ["$vip"], allow: ["sub"] }],
  };
  const token = await signToken(claims, { secret: SECRET });
  const headers = { authorization: `Bearer ${token}` };
  const { lines, blocks } = await listen(server, "channel=$vip", { headers });
  await using _ = lines;
  while (!blocks.id) await blocks.next();
  const { channels } = server.hub;
  assertEquals([...channels.keys()].filter((name) => !name.startsWith("\0")), [
    "$vip",
  ]);
});

Deno.test("An event stream is not stored or held back on its way", async () => {
  await using server = new AppServer();
  const { lines } = await listen(server, "channel=news");
  await using _ = lines;
  const { headers } = lines.response;
  assertEquals(headers.get("cache-control"), "no-store, no-transform");
  assertEquals(headers.get("x-accel-buffering"), "no");
  assertEquals(headers.get("content-type"), "text/event-stream");
});

Deno.test("A stream whose token has ended gets 3005, and comes back to 401", async () => {
  const env = { TOKEN_SECRET: SECRET, TOKEN_CLOCK_TOLERANCE: "0" };
  await using server = new AppServer({ env });
  const exp = Date.now() / 1000 + 1.2;
  const token = await signToken({ sub: "alice", exp }, { secret: SECRET });
  const headers = { authorization: `Bearer ${token}` };
  const { lines, blocks } = await listen(server, "channel=a", { headers });
  await using _ = lines;
  const event = await blocks.event();
  assertEquals(JSON.parse(event?.data ?? "").code, 3005);
  const again = await fetch(`${server.url}/sse?channel=a`, { headers });
  await again.body?.cancel();
  assertEquals(again.status, 401);
});

Deno.test("npm:eventsource loses nothing when its server restarts its stream", async () => {
  await using server = new AppServer();
  const { hub } = server;
  const source = new EventSource(`${server.url}/sse?channel=news`);
  try {
    const received: string[] = [];
    const lost: string[] = [];
    source.onmessage = ({ data }) => received.push(JSON.parse(data).data);
    source.addEventListener("lost", ({ data }) => lost.push(data));
    await eventually(() => hub.channels.has("news"), { awaited: "it" });
    hub.publish("news", "one");
    await eventually(() => received.length === 1, { awaited: "one" });
    for (const connection of hub.connections) {
      connection.disconnect({ code: 3011, reason: "again", reconnect: true });
    }
    hub.publish("news", "two");
    hub.publish("news", "three");
    await eventually(() => received.length === 3, { awaited: "the rest" });
    assertEquals(received, ["one", "two", "three"]);
    assertEquals(lost, []);
    await hub.broker.removeHistory("news");
    for (const connection of hub.connections) {
      connection.disconnect({ code: 3011, reason: "again", reconnect: true });
    }
    hub.publish("news", "four");
    await hub.broker.removeHistory("news");
    await eventually(() => lost.length === 1, { awaited: "lost" });
    assertEquals(lost, ['{"channel":"news"}']);
    assertEquals(received.length, 3);
  } finally {
    source.close();
  }
  await deadline(eventually(() => hub.size === 0, { awaited: "its end" }), {
    awaited: "its end",
  });
  assertFalse(hub.channels.has("news"));
});
