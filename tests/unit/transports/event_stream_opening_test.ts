/** Event streams that have not begun, or that wait for one of their channels. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { openEventStream } from "../../../lib/transports/event_stream.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { closing, GRACE_MS, open, SMALL } from "./event_stream_scene.ts";

Deno.test("A channel that is waited for hides no client that does not read the others", async () => {
  const options = {
    ...SMALL,
    onSubscribe: ({ channel }: { readonly channel: string }) =>
      channel === "slow" ? new Promise<undefined>(() => {}) : undefined,
  };
  await closing(options, async (scene) => {
    const { hub, clock } = scene;
    const channels = ["hot", "slow"];
    // It is to read, before the answer about the other channel.
    await open(scene, { channels, since: undefined }, async () => {
      for (let number = 0; number < 20; number++) {
        hub.publish("hot", "x".repeat(200));
        clock.advance(10);
        await scene.settle();
      }
    });
    for (let number = 0; number < 20; number++) {
      hub.publish("hot", "x".repeat(200));
      clock.advance(10);
    }
    clock.advance(GRACE_MS);
    assertEquals(hub.size, 0);
  });
});

Deno.test("A client that leaves before its stream begins leaves nothing behind", async () => {
  const scene = new Scene({
    onSubscribe: () => new Promise<undefined>(() => {}),
  });
  const { hub } = scene;
  const slot = takeSlot(hub);
  assert(slot);
  const identity = { uid: "reader", expiresAt: Infinity };
  const leaving = new AbortController();
  const { signal } = leaving;
  const query = { channels: ["a"], since: undefined };
  const opening = openEventStream(hub, query, { identity, slot, signal });
  await scene.settle();
  assertEquals([hub.size, hub.admission.count], [1, 1]);
  leaving.abort();
  assert("refusal" in await opening);
  assertEquals([hub.size, hub.admission.count], [0, 0]);
  await hub.close();
});

Deno.test("A client that cannot be registered leaves neither a slot nor a zombie behind", async () => {
  const broker = memoryBroker();
  broker.subscribe = () => {
    throw new Error("broken");
  };
  const scene = new Scene({ broker });
  const query = { channels: ["a"], since: undefined };
  await assertRejects(() => open(scene, query), Error, "broken");
  scene.clock.advance(60_000);
  const { count, zombies } = scene.hub.admission;
  assertEquals([count, zombies], [0, 0]);
  await scene.hub.close();
});
