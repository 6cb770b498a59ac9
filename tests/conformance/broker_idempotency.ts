/** The broker's script: what a key keeps from being published twice. */

import { assertEquals } from "@std/assert";
import { IDEMPOTENCY_MS, type PublishRequest } from "../../lib/broker/types.ts";
import type { Check } from "./broker.ts";
import { KEEP_ALL, payloadsOf } from "./broker_scene.ts";

/** Registers the checks. */
export function testBrokerIdempotency(check: Check): void {
  const request: PublishRequest = {
    channel: "room",
    payload: "x",
    history: KEEP_ALL,
    idempotencyKey: "__proto__",
  };

  check(
    "the same key publishes once, and resolves with the position of the first",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const first = await broker.publish(request);
      await subject.publishKept("room", "between");
      const again = await broker.publish({ ...request, payload: "y" });
      assertEquals(again.offset, first.offset);
      assertEquals(again.epoch, first.epoch);
      assertEquals(payloadsOf(await subject.settled("room")), ["x", "between"]);
      assertEquals(await subject.kept("room"), [1, 2]);
    },
  );

  check(
    "a key means something in its own channel only",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.publish(request);
      const { offset } = await broker.publish({ ...request, channel: "other" });
      assertEquals(offset, 1);
      await broker.publish({ ...request, idempotencyKey: "another" });
      assertEquals(await subject.kept("room"), [1, 2]);
      assertEquals(await subject.kept("other"), [1]);
    },
  );

  check(
    "a key counts whether or not its publication and the repeat are stored",
    async ({ subject }) => {
      const { broker } = subject;
      await broker.subscribe("room");
      const passing = { ...request, skipHistory: true };
      const kept = { ...request, payload: "y", idempotencyKey: "another" };
      assertEquals((await broker.publish(passing)).offset, 0);
      const unkept = await broker.publish(request);
      assertEquals([unkept.offset, unkept.epoch], [0, ""]);
      const first = await broker.publish(kept);
      const again = await broker.publish({ ...kept, skipHistory: true });
      assertEquals([again.offset, again.epoch], [1, first.epoch]);
      assertEquals(payloadsOf(await subject.settled("room")), ["x", "y"]);
      assertEquals(await subject.kept("room"), [1]);
    },
  );

  check("a key is forgotten in time", async (scene) => {
    const { broker } = scene.subject;
    await broker.publish(request);
    await scene.passTime(IDEMPOTENCY_MS - 1);
    await broker.publish(request);
    assertEquals(await scene.subject.kept("room"), [1]);
    await scene.passTime(1);
    await broker.publish(request);
    assertEquals(await scene.subject.kept("room"), [1, 2]);
  }, { passMs: IDEMPOTENCY_MS });
}
