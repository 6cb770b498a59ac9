/** A NATS that answers and stores nothing: its store is full, or it has no JetStream. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { Member } from "../conformance/broker_scene.ts";
import { eventually } from "../support/eventually.ts";
import { natsBroker } from "../support/nats_nodes.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isReady } from "./nats_members.ts";

const ignore = requireTool("nats-server").missing;
const payload = "x".repeat(2_000);
const LONG = { size: 1_000, ttlMs: 60_000 };
const SHORT = { size: 10, ttlMs: 60_000 };

/** Publishes until the store takes no more. */
async function fill({ broker }: Member, channel: string): Promise<void> {
  for (let count = 0; count < 1_000; count++) {
    try {
      await broker.publish({ channel, payload, history: LONG });
    } catch {
      return;
    }
  }
  throw new Error("the store is not full");
}

Deno.test({
  name:
    "A full NATS gives its histories to a node that starts then, refuses publications with its reason, and takes them again when histories are trimmed",
  ignore,
  async fn() {
    await using server = await NatsServer.start({
      config: "jetstream { max_file_store: 200KB, max_memory_store: 1MB }",
    });
    const errors: string[] = [];
    const onError = (error: unknown) => errors.push(String(error));
    const first = new Member(natsBroker(server.url));
    const second = new Member(natsBroker(server.url, { onError }));
    try {
      first.broker.start(first);
      await isReady(first);
      await fill(first, "room");
      second.broker.start(second);
      await isReady(second);
      assert((await second.kept("room")).length > 50);
      const request = { channel: "room", payload };
      await assertRejects(
        async () => await second.broker.publish({ ...request, history: LONG }),
        Error,
        "insufficient resources",
      );
      assertEquals(errors.length, 1, errors.join());
      assert(errors[0]?.includes("insufficient resources"));
      await eventually(
        () =>
          Promise.resolve(
            second.broker.publish({ ...request, history: SHORT }),
          ).then(() => true, () => false),
        { awaited: "room in the store" },
      );
      assertEquals((await first.kept("room")).length, 10);
    } finally {
      await first.broker.close();
      await second.broker.close();
    }
  },
});

Deno.test({
  name: "A NATS without JetStream is reported once for each reason",
  ignore,
  async fn() {
    await using server = await NatsServer.start({ jetStream: false });
    const errors: string[] = [];
    const reported = Promise.withResolvers<void>();
    const { broker } = new Member(natsBroker(server.url, {
      onError: (error) => {
        errors.push(String(error));
        if (errors.length === 2) reported.resolve();
      },
    }));
    broker.start({ deliver: () => true, answer() {}, checkPositions() {} });
    await reported.promise;
    // Each attempt has both reasons, and several follow in this time.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await broker.close();
    assertEquals(errors.length, 2, errors.join("\n"));
    assert(errors[0]?.includes("JetStream does not answer: it is off"));
  },
});
