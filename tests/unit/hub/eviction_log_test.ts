import { assertEquals } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { Scene } from "../../support/scene.ts";

function evictedIn({ logs }: Scene): Record<string, unknown>[] {
  return logs.filter(({ event }) => event === "evicted");
}

Deno.test("A client that is disconnected for what it did has a line with its uid, at info", () => {
  const scene = new Scene();
  const alice = scene.connect("alice");
  alice.connection.countFor(scene.hub.admission.enter("192.0.2.7")?.group);
  alice.connection.disconnect(disconnects.tooManyRequests);
  const [line] = evictedIn(scene);
  const { level, connection, uid, address, code, reason } = line ?? {};
  assertEquals({ level, connection, uid, address, code, reason }, {
    level: "info",
    address: "192.0.2.7",
    connection: alice.connection.id,
    uid: "alice",
    code: 3013,
    reason: "too many requests",
  });
});

for (const name of ["shutdown", "expired", "forceDisconnect"] as const) {
  Deno.test(`A client that did nothing wrong has no line: ${name}`, () => {
    const scene = new Scene();
    scene.connect("alice").connection.disconnect(disconnects[name]);
    assertEquals(evictedIn(scene), []);
  });
}

Deno.test("Very many of them have 20 lines in 10 s, and the next line counts the others", () => {
  const scene = new Scene();
  const evict = () =>
    scene.connect("alice").connection.disconnect(disconnects.slow);
  for (let count = 0; count < 1_000; count++) evict();
  assertEquals(evictedIn(scene).length, 20);
  scene.clock.advance(10_000);
  evict();
  assertEquals(evictedIn(scene).length, 21);
  assertEquals(evictedIn(scene).at(-1)?.omitted, 980);
  evict();
  assertEquals(evictedIn(scene).at(-1)?.omitted, undefined);
});
