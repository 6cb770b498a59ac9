/** A hub that is full, draining or without its broker: answers over plain HTTP, and requests that are still served. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { EventSource } from "eventsource";
import { eventually } from "../support/eventually.ts";
import { LineStream } from "../support/line_stream.ts";
import { AppServer } from "./app_server.ts";
import { FakeApp } from "./fake_app.ts";

const EVENTS = { headers: { accept: "text/event-stream" } };

Deno.test("An EventSource that comes while the hub is full or draining is asked to come back, each in its own time", async () => {
  await using server = new AppServer({ limits: { maxConnections: 1 } });
  const { hub, url } = server;
  await using _ = await LineStream.open(`${url}/sse?channel=a`);
  const delays = new Set<string>();
  for (let count = 0; count < 4; count++) {
    hub.draining = count > 1;
    const response = await fetch(`${url}/sse?channel=a`, EVENTS);
    const { status, headers } = response;
    assertEquals([status, headers.get("content-type")], [
      200,
      "text/event-stream",
    ]);
    assertEquals(headers.get("cache-control"), "no-store, no-transform");
    assertEquals(headers.get("retry-after"), null);
    const [, delay] = /^retry: (\d+)$/m.exec(await response.text()) ?? [];
    assert(Number(delay) >= 0 && Number(delay) <= 5_100, delay);
    delays.add(delay ?? "");
  }
  assert(delays.size > 1);
  assertEquals([hub.size, hub.admission.count], [1, 1]);
  // Others can read a status.
  const response = await fetch(`${url}/sse?channel=a`);
  await response.body?.cancel();
  assertEquals(response.status, 503);
  assertMatch(response.headers.get("retry-after") ?? "", /^[1-6]$/);
});

Deno.test("An EventSource that comes while the broker is away comes back too, one that may not come does not", async () => {
  await using app = new FakeApp();
  const { broker } = app.hub;
  broker.position = () => Promise.reject(new Error("away"));
  const response = await app.fetch("/sse?channel=a", EVENTS);
  assertEquals(response.status, 200);
  assert((await response.text()).includes("\nretry: "));
  const refused = await app.fetch("/sse?channel=unknown:room", EVENTS);
  assertEquals(refused.status, 404);
});

Deno.test("npm:eventsource comes back after it has met a hub that was full", async () => {
  await using server = new AppServer({ limits: { maxConnections: 1 } });
  const { hub, url } = server;
  const holder = await LineStream.open(`${url}/sse?channel=a`);
  const source = new EventSource(`${url}/sse?channel=news`, {
    // A test does not wait for 5 s.
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      // A stream has no length, a refusal has one.
      if (!response.headers.has("content-length")) return response;
      const text = (await response.text()).replace(/\d+\n/, "10\n");
      const { status, headers } = response;
      return new Response(text, { status, headers });
    },
  });
  try {
    let errors = 0;
    source.onerror = () => errors++;
    await eventually(() => errors > 1, { awaited: "two refusals" });
    await holder[Symbol.asyncDispose]();
    await eventually(
      () => source.readyState === EventSource.OPEN && hub.channels.has("news"),
      { awaited: "it" },
    );
  } finally {
    source.close();
  }
});

Deno.test("Where every slot is taken, admitted clients may still send", async () => {
  await using server = new AppServer({ limits: { maxConnections: 1 } });
  const { hub, url } = server;
  await using bob = await LineStream.open(`${url}/sse?channel=room&uid=bob`);
  await eventually(() => hub.channels.has("room"), { awaited: "bob" });
  const send = () =>
    fetch(`${url}/send?uid=bob`, { method: "POST", body: "#room:hi" });
  assertEquals((await send()).status, 204);
  for (;;) if ((await bob.next())?.includes('"hi"')) break;
  assertEquals(hub.admission.count, 1);
  hub.draining = true;
  const refused = await send();
  await refused.body?.cancel();
  assertEquals(refused.status, 503);
  assertMatch(refused.headers.get("retry-after") ?? "", /^[1-5]$/);
});

Deno.test("A stream of an SDK whose commands came while the hub began to drain is refused", async () => {
  await using app = new FakeApp();
  const { hub } = app;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      hub.draining = true;
      controller.enqueue(new TextEncoder().encode('{"id":1,"connect":{}}'));
      controller.close();
    },
  }, { highWaterMark: 0 });
  const init = { method: "POST", body };
  const { status } = await app.fetch("/connection/http_stream", init);
  assertEquals([status, hub.size, hub.admission.count], [503, 0, 0]);
});
