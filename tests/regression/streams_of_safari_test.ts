/**
 * Chrome iterates over a ReadableStream since version 124, and not every Safari does:
 * elsewhere a client over an event stream failed at each attempt. It takes a reader now.
 */

import { assertEquals } from "@std/assert";
import { streamFeed } from "../../lib/client/feeds.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { HttpScene } from "../unit/client/http_scene.ts";

/** Events of an answer whose stream cannot be iterated over. */
function feedOf(body: ReadableStream<Uint8Array>) {
  const response = new Response(body);
  Object.defineProperty(response.body, Symbol.asyncIterator, { value: null });
  const feed = streamFeed({
    url: new URL("http://hub.test/ws"),
    headers: () => ({}),
    fetch: () => Promise.resolve(response),
    clock: new FakeClock(),
    random: { number: () => 0 },
    channels: [],
    since: undefined,
    pollMs: 1_000,
    signal: new AbortController().signal,
    onActivity: () => {},
  });
  return feed[Symbol.asyncIterator]();
}

Deno.test("A client over an event stream reads a stream that cannot be iterated over", async () => {
  const scene = new HttpScene("sse");
  const directs = await scene.open();
  directs.publish({ data: "hello" });
  await scene.rest();
  assertEquals([scene.received, scene.closes], [["hello"], []]);
  directs.end();
  await scene.rest();
  assertEquals(scene.closes.map(({ code }) => code), [1006]);
});

Deno.test("A feed that is left cancels its stream, and one that fails rejects with the reason", async () => {
  let cancels = 0;
  const left = feedOf(
    new ReadableStream({
      start: (controller) =>
        controller.enqueue(new TextEncoder().encode('data: {"data":1}\n\n')),
      cancel: () => void cancels++,
    }),
  );
  assertEquals((await left.next()).value, { type: "open" });
  assertEquals((await left.next()).value?.type, "messages");
  await left.return?.();
  assertEquals(cancels, 1);
  const failing = feedOf(
    new ReadableStream({
      start: (controller) => controller.error(new TypeError("reset")),
    }),
  );
  await failing.next();
  const reason = await failing.next().catch(String);
  assertEquals(reason, "TypeError: reset");
});
