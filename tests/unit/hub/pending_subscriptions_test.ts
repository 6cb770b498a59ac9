/** A wish for a subscription has a place until it is fulfilled or given up. */

import { assertEquals } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { PendingSubscriptions } from "../../../lib/hub/pending_subscriptions.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

Deno.test("Subscriptions made at the same time do not exceed the limit together", async () => {
  const scene = new Scene({ limits: { maxChannels: 2 } });
  const { connection } = scene.connect("alice");
  const made = await Promise.allSettled(
    ["a", "b", "c", "d"].map((name) => scene.hub.subscribe(connection, name)),
  );
  assertEquals([...connection.channels], ["a", "b"]);
  for (const result of made.slice(2)) {
    assertEquals(result.status, "rejected");
    if (result.status !== "rejected") continue;
    assertEquals(result.reason instanceof ProtocolError, true);
    assertEquals(result.reason.code, 106);
  }
  scene.hub.unsubscribe(connection, "a");
  await scene.hub.subscribe(connection, "c");
  assertEquals([...connection.channels], ["b", "c"]);
});

Deno.test("A wish that is refused gives its place back", async () => {
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

Deno.test("Nothing is left of a wish that was fulfilled or given up", () => {
  const { connection } = new Scene().connect();
  const pendingSubscriptions = new PendingSubscriptions();
  const query = { connection, serverSide: false };
  const pending = pendingSubscriptions.begin({ ...query, channel: "a" });
  const other = pendingSubscriptions.begin({ ...query, channel: "b" });
  assertEquals([...pendingSubscriptions.channelsOf(connection)], ["a", "b"]);
  pending[Symbol.dispose]();
  assertEquals(pendingSubscriptions.size, 1);
  other[Symbol.dispose]();
  assertEquals(pendingSubscriptions.size, 0);
});
