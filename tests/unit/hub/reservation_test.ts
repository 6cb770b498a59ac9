/** A pending subscription has a place among its connection's channels until it stands or ends. */

import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

Deno.test("Subscriptions made at the same time do not exceed the limit together", async () => {
  const scene = new Scene({ limits: { maxChannels: 2 } });
  const { connection } = scene.connect("alice");
  const made = await Promise.allSettled(
    ["a", "b", "c", "d"].map((name) => scene.subscribe(connection, name)),
  );
  assertEquals([...connection.channels], ["a", "b"]);
  for (const result of made.slice(2)) {
    assertEquals(result.status, "rejected");
    if (result.status !== "rejected") continue;
    assertEquals(result.reason instanceof ProtocolError, true);
    assertEquals(result.reason.code, 106);
  }
  scene.hub.subscriptions.end(connection, "a");
  await scene.subscribe(connection, "c");
  assertEquals([...connection.channels], ["b", "c"]);
});

Deno.test("A subscription that is refused gives its place back", async () => {
  const scene = new Scene({
    limits: { maxChannels: 1 },
    onSubscribe: ({ channel }) => {
      if (channel === "a") throw new ProtocolError({ code: 1000, message: "" });
    },
  });
  const client = await SdkClient.connect(scene);
  const replies = await client.ask(
    { id: 2, subscribe: { channel: "a" } },
    { id: 3, subscribe: { channel: "b" } },
  );
  assertEquals(replies.map(({ error }) => error === undefined), [false, true]);
});

for (const end of ["release", "end", "endAll"] as const) {
  Deno.test(`A pending subscription gives its place back by ${end}, and cannot stand any more`, async () => {
    const scene = new Scene({ limits: { maxChannels: 1 } });
    const { connection } = scene.connect();
    const { subscriptions } = scene.hub;
    const pending = subscriptions.reserve(connection, "a");
    assertThrows(() => subscriptions.reserve(connection, "b"), ProtocolError);
    switch (end) {
      case "release":
        subscriptions.release(pending);
        break;
      case "end":
        subscriptions.end(connection, "a");
        break;
      case "endAll":
        subscriptions.endAll(connection);
        break;
    }
    assertEquals(pending.state, "ended");
    assertEquals(await subscriptions.subscribe(pending), undefined);
    assertEquals(scene.hub.channels.has("a"), false);
    assertEquals(subscriptions.reserve(connection, "b").state, "pending");
  });
}

Deno.test("To release a subscription that stands does not end it", async () => {
  const scene = new Scene();
  const { connection } = scene.connect();
  const subscription = (await scene.subscribe(connection, "a"))!;
  scene.hub.subscriptions.release(subscription);
  assertEquals(subscription.state, "standing");
  scene.hub.subscriptions.end(connection, "a");
  assertEquals(subscription.state, "ended");
});

Deno.test("A connection that has ended gets no pending subscription", () => {
  const scene = new Scene();
  const { connection } = scene.connect();
  connection.ended();
  assertEquals(scene.hub.subscriptions.reserve(connection, "a").state, "ended");
});
