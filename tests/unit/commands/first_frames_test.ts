/** Order of a client's first frames: its admission, its subscriptions, then publications. */

import { assertEquals } from "@std/assert";
import { unsubscribes } from "../../../lib/base/disconnect.ts";
import { MemoryPresence } from "../../../lib/presence/memory.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { SdkClient } from "../../support/sdk_client.ts";

/** A presence that waits before it is written. */
function latePresence(gate: Promise<void>): MemoryPresence {
  const presence = new MemoryPresence({ clock: new FakeClock() });
  const { add } = presence;
  presence.add = async (...args) => {
    await gate;
    await add.apply(presence, args);
  };
  return presence;
}

/** Bob, who is not let in before his presence in a channel is written. */
async function connecting() {
  const { promise, resolve: letIn } = Promise.withResolvers<void>();
  const scene = new Scene({
    presence: latePresence(promise),
    onConnect: () => ({ uid: "bob", channels: ["news"] }),
  });
  const client = new SdkClient(scene);
  client.send({ id: 1, connect: {} });
  await scene.settle();
  return { scene, client, letIn };
}

/** The kind of each line: `connect`, `message`, `pub` and so on. */
function kindsOf(lines: readonly object[]): string[] {
  return lines.map((line) => {
    const [kind] = Object.keys(line).filter((key) => key !== "id");
    if (kind !== "push") return kind ?? "";
    const names = Object.keys(Object(line)[kind]);
    return names.find((name) => name !== "channel") ?? "";
  });
}

Deno.test("What is sent to a client while it is let in comes after the answer, in its order", async () => {
  const { scene, client, letIn } = await connecting();
  await scene.hub.broadcast("to all");
  const { delivered } = await scene.hub.sendTo("bob", "to bob");
  assertEquals([delivered, client.take()], [true, []]);
  letIn();
  await scene.settle();
  await scene.hub.sendTo("bob", "later");
  const lines = client.take();
  const kinds = kindsOf(lines).filter((kind) => kind !== "join");
  assertEquals(kinds, ["connect", "message", "message", "message"]);
  const told = JSON.stringify(lines);
  const places = ["to all", "to bob", "later"].map((text) =>
    told.indexOf(text)
  );
  assertEquals(places, places.toSorted((a, b) => a - b));
});

Deno.test("A client that more is sent to than it may wait for, before it is let in, comes again", async () => {
  const { scene, client, letIn } = await connecting();
  for (let count = 0; count < 5_000; count++) scene.hub.broadcast("x");
  scene.clock.advance(0);
  assertEquals(client.closeCode, 3008);
  letIn();
  await scene.settle();
  assertEquals([scene.hub.size, scene.hub.channels.size], [0, 0]);
});

Deno.test("A client is not let in before what is sent to it arrives", async () => {
  const gate = Promise.withResolvers<void>();
  const broker = memoryBroker();
  const { subscribe } = broker;
  broker.subscribe = async (channel) => {
    await gate.promise;
    await subscribe(channel);
  };
  const scene = new Scene({ broker });
  const client = new SdkClient(scene);
  assertEquals(await client.ask({ id: 1, connect: {} }), []);
  gate.resolve();
  await scene.settle();
  assertEquals(kindsOf(client.take()), ["connect"]);
});

Deno.test("At whatever moment a subscription is ended, its client is not notified of it afterwards", async () => {
  for (let moment = 0; moment < 20; moment++) {
    const presence = new MemoryPresence({ clock: new FakeClock() });
    const { add } = presence;
    const scene = new Scene({ presence });
    const client = await SdkClient.connect(scene);
    const { connection } = client;
    presence.add = async (...args) => {
      const added = add.apply(presence, args);
      (async () => {
        for (let turn = 0; turn < moment; turn++) await Promise.resolve();
        scene.hub.subscriptions.end(connection, "news", unsubscribes.server);
      })();
      await added;
    };
    const lines = await client.ask({ id: 2, subscribe: { channel: "news" } });
    const kinds = kindsOf(lines).filter((kind) =>
      kind === "subscribe" || kind === "unsubscribe"
    );
    const isIn = scene.hub.subscriptions.find(connection, "news") !== undefined;
    assertEquals([isIn, kinds.at(-1)], [false, "unsubscribe"], `${moment}`);
  }
});
