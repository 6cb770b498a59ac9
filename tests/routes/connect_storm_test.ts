/** Clients that come all at once, or from one address: some are let in, the rest gets 503 and a time of its own. */

import { assert, assertEquals } from "@std/assert";
import { embedHub } from "../../lib/embedding/embedded_hub.ts";
import { settled } from "../support/connection_scene.ts";
import { Scene } from "../support/scene.ts";
import { FakeApp } from "./fake_app.ts";

const HANDSHAKE = {
  "Upgrade": "websocket",
  "Connection": "Upgrade",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

async function listen(
  app: FakeApp,
  hostname: string,
  headers: HeadersInit = {},
): Promise<Response> {
  const response = await app.fetch("/sse?channel=news", { headers }, {
    remoteAddr: { hostname },
  });
  await response.body?.cancel();
  return response;
}

Deno.test("A storm is let in at the connect rate; the rest gets 503, and times to come back that are spread", async () => {
  await using app = new FakeApp({
    limits: { connectRate: 10, connectBurstMs: 1_000, reconnectRate: 10 },
  });
  const responses: Response[] = [];
  for (let client = 0; client < 100; client++) {
    responses.push(await listen(app, `192.0.2.${client}`));
  }
  const refused = responses.filter(({ status }) => status === 503);
  assertEquals(refused.length, 90);
  const times = refused.map(({ headers }) =>
    Number(headers.get("retry-after"))
  );
  assert(times.every((time) => time >= 1), String(times));
  assert(new Set(times).size >= 8, String(times));
  assertEquals(app.hub.counters.refusals.connectRate, 90);
});

Deno.test("Every kind of connection is let in at the connect rate, and single requests are not counted", async () => {
  await using app = new FakeApp({ limits: { connectRate: 1 } });
  app.hub.admission.admit();
  while (app.hub.admission.admit());
  const handshake = { headers: HANDSHAKE };
  const poll = app.fetch("/poll?channel=news");
  await settled();
  app.clock.advance(25_000);
  while (app.hub.admission.admit());
  const statuses = [
    await app.fetch("/ws", handshake),
    await app.fetch("/connection/websocket", handshake),
    await app.fetch("/sse"),
    await app.fetch("/connection/sse?cf_connect={}"),
    await app.fetch("/connection/http_stream", { method: "POST", body: "{}" }),
    await poll,
    await app.fetch("/send", { method: "POST", body: "ping" }),
  ].map(({ status, headers, body }) => {
    body?.cancel();
    return [status, headers.has("retry-after")];
  });
  assertEquals(statuses, [
    ...Array.from({ length: 5 }, () => [503, true]),
    [200, false],
    [200, false],
  ]);
});

Deno.test("One address is let in at its own rate: by default that of the connection", async () => {
  await using app = new FakeApp({
    limits: { connectRatePerAddress: 2, rateBurstMs: 1_000 },
  });
  const statuses = async (hostname: string, headers?: HeadersInit) => {
    const all: number[] = [];
    for (let client = 0; client < 3; client++) {
      all.push((await listen(app, hostname, headers)).status);
    }
    return all;
  };
  const spoofed = { "X-Forwarded-For": "198.51.100.1" };
  assertEquals(await statuses("192.0.2.1", spoofed), [200, 200, 503]);
  assertEquals(await statuses("192.0.2.2", spoofed), [200, 200, 503]);
  // It may be that of a proxy which is not among the settings.
  assertEquals(await statuses("10.0.0.1", spoofed), [200, 200, 200]);
});

Deno.test("Behind a trusted proxy the address is the one that the proxy has noted", async () => {
  await using app = new FakeApp({
    limits: { maxConnectionsPerAddress: 1 },
    trustedProxies: ["10.0.0.0/8"],
  });
  const open = (address: string, peer = "10.0.0.1") =>
    app.fetch("/sse?channel=news", {
      headers: { "X-Forwarded-For": address },
    }, {
      remoteAddr: { hostname: peer },
      completed: new Promise(() => {}),
    });
  const statuses = [
    await open("203.0.113.1"),
    await open("203.0.113.2"),
    await open("203.0.113.3, 203.0.113.1"),
    await open("203.0.113.9", "192.0.2.1"),
    await open("203.0.113.8", "192.0.2.1"),
  ].map(({ status, body }) => {
    body?.cancel();
    return status;
  });
  assertEquals(statuses, [200, 200, 503, 200, 503]);
});

Deno.test("A hub inside a program takes the address that the program knows", async () => {
  const scene = new Scene({
    limits: { connectRatePerAddress: 1, rateBurstMs: 2_000 },
  });
  const hub = embedHub(scene.core);
  const upgrade = async (address: string) => {
    const request = new Request("http://localhost/ws", { headers: HANDSHAKE });
    const upgraded = hub.upgrade(request, { address });
    await settled();
    scene.clock.advance(0);
    return (await upgraded)?.status;
  };
  assertEquals(await upgrade("2001:db8::1"), 101);
  assertEquals(await upgrade("2001:db8::2"), 101);
  assertEquals(await upgrade("2001:db8::3"), 503);
  assertEquals(await upgrade("2001:db8:0:1::1"), 101);
});

Deno.test("Requests without a connection share the rates of their address, or of their uid", async () => {
  await using app = new FakeApp({
    limits: { messageRate: 2, rateBurstMs: 1_000, userRateFactor: 2 },
  });
  const send = async (hostname: string, query = "") => {
    const response = await app.fetch(`/send${query}`, {
      method: "POST",
      body: "all:hello",
    }, { remoteAddr: { hostname } });
    return response.status;
  };
  for (let count = 0; count < 4; count++) {
    assertEquals(await send("192.0.2.1"), 204);
    assertEquals(await send("192.0.2.9", "?uid=alice"), 204);
  }
  assertEquals(await send("192.0.2.1"), 429);
  assertEquals(await send("192.0.2.8", "?uid=alice"), 429);
  assertEquals(await send("192.0.2.9"), 204);
});

Deno.test("Commands of streams that come as requests share the rates of their address, whether their session exists or not", async () => {
  await using app = new FakeApp({
    limits: { messageRate: 2, rateBurstMs: 1_000, userRateFactor: 2 },
  });
  const node = app.hub.broker.node;
  const body = JSON.stringify({ session: "none", node, data: "{}" });
  const emulate = async (hostname: string) => {
    const { status, headers } = await app.fetch(
      "/emulation",
      { method: "POST", body },
      { remoteAddr: { hostname } },
    );
    return [status, headers.has("retry-after")];
  };
  for (let count = 0; count < 4; count++) {
    assertEquals(await emulate("192.0.2.1"), [204, false]);
  }
  assertEquals(await emulate("192.0.2.1"), [429, true]);
  assertEquals(await emulate("192.0.2.2"), [204, false]);
  assertEquals(app.hub.counters.refusals.messages, 1);
});

for (
  const [path, init] of [
    ["/connection/http_stream", {
      method: "POST",
      body: '{"id":1,"connect":{}}',
    }],
    ['/connection/sse?cf_connect={"id":1,"connect":{}}', {}],
  ] as const
) {
  Deno.test(`Commands of a stream that come as requests have the rates of its connection: ${path.split("?")[0]}`, async () => {
    await using app = new FakeApp({
      limits: { publishRate: 2, rateBurstMs: 1_000 },
    });
    const response = await app.fetch(path, init);
    const reader = response.body!.pipeThrough(new TextDecoderStream())
      .getReader();
    let text = "";
    const readUntil = async (part: string) => {
      while (!text.includes(part)) {
        const { value, done } = await reader.read();
        assert(!done, text);
        text += value;
      }
    };
    await readUntil('"session"');
    const [, session] = /"session":"([^"]+)"/.exec(text) ?? [];
    const node = app.hub.broker.node;
    for (let id = 2; id < 5; id++) {
      const publish = { channel: "news", data: 1 };
      const data = JSON.stringify({ id, publish });
      const { status } = await app.fetch("/emulation", {
        method: "POST",
        body: JSON.stringify({ session, node, data }),
      });
      assertEquals(status, 204);
    }
    await readUntil('{"id":4,');
    assert(text.includes('{"id":3,"publish":{}}'), text);
    assert(text.includes('{"id":4,"error":{"code":111,'), text);
    assertEquals(app.hub.counters.refusals.publish, 1);
    await reader.cancel();
  });
}
