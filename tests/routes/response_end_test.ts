/** Responses that are written, but not read: they hold their place until their client lets go. */

import { assert, assertEquals } from "@std/assert";
import { disconnects } from "../../lib/base/disconnect.ts";
import { FakeApp } from "./fake_app.ts";

const CONNECT = '{"id":1,"connect":{}}';

for (
  const [path, init] of [
    ["/sse?channel=a", {}],
    ["/connection/http_stream", { method: "POST", body: CONNECT }],
    [`/connection/sse?cf_connect=${encodeURIComponent(CONNECT)}`, {}],
  ] as const
) {
  Deno.test(`${path.slice(0, 23)}: a stream that has ended is held against its client until it lets go`, async () => {
    await using app = new FakeApp();
    const { hub } = app;
    const { promise: completed, resolve } = Promise.withResolvers<void>();
    const response = await app.fetch(path, init, { completed });
    assertEquals([hub.size, hub.admission.count], [1, 1]);
    for (const connection of hub.connections) {
      connection.disconnect(disconnects.forceReconnect);
    }
    assert((await response.text()).includes("3011"));
    assertEquals([hub.size, hub.admission.count], [0, 1]);
    resolve();
    await app.settle();
    assertEquals(hub.admission.count, 0);
  });
}

Deno.test("/poll: a long answer waits for its reader, in its place, and is whole", async () => {
  await using app = new FakeApp();
  const { hub, clock } = app;
  const begin = app.fetch("/poll?channel=a");
  await app.settle();
  clock.advance(1);
  const { cursor } = await (await begin).json();
  for (let number = 0; number < 20; number++) {
    hub.publish("a", `${number} ${"x".repeat(10_000)}`);
  }
  const pending = app.fetch(`/poll?channel=a&since=${cursor}`);
  await app.settle();
  clock.advance(1);
  const response = await pending;
  // The connection is gone; what it was told is still here.
  assertEquals([hub.size, hub.admission.count], [0, 1]);
  const { publications } = await response.json();
  assertEquals(publications.length, 20);
  assertEquals(hub.admission.count, 0);
});

Deno.test("/poll: where the host tells, an answer holds its place until it is over", async () => {
  await using app = new FakeApp();
  const { hub, clock } = app;
  const { promise: completed, resolve } = Promise.withResolvers<void>();
  const pending = app.fetch("/poll?channel=a", {}, { completed });
  await app.settle();
  clock.advance(1);
  assertEquals((await pending).status, 200);
  assertEquals([hub.size, hub.admission.count], [0, 1]);
  resolve();
  await app.settle();
  assertEquals(hub.admission.count, 0);
});

Deno.test("/poll: without a timeout it is held for 25 s", async () => {
  await using app = new FakeApp();
  const { clock } = app;
  const begin = app.fetch("/poll?channel=a");
  await app.settle();
  clock.advance(1);
  const { cursor } = await (await begin).json();
  let isAnswered = false;
  const held = app.fetch(`/poll?channel=a&since=${cursor}`);
  held.then(() => isAnswered = true);
  await app.settle();
  clock.advance(24_999);
  await app.settle();
  assertEquals(isAnswered, false);
  clock.advance(1);
  assertEquals((await held).status, 200);
});
