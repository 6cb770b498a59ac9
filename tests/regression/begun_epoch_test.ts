/** A channel without publications lost its epoch with its last subscriber, although clients knew it: they were notified of a gap that was none. */

import { assertEquals, assertNotEquals } from "@std/assert";
import { memoryBroker } from "../support/memory_broker.ts";

const HISTORY = { size: 10, ttlMs: 60_000 };

function startedBroker() {
  const broker = memoryBroker();
  broker.start({
    deliver: () => true,
    answer: () => undefined,
    checkPositions: () => {},
  });
  return broker;
}

Deno.test("A position that a client knows outlives the subscribers that came after it", async () => {
  const broker = startedBroker();
  const since = await broker.position("news");
  broker.subscribe("news");
  await broker.unsubscribe("news");
  assertEquals(await broker.position("news"), since);
  await broker.publish({ channel: "news", payload: "1", history: HISTORY });
  const { recovered, publications } = await broker.recover("news", {
    since,
    mode: "stream",
  });
  assertEquals(recovered, true);
  assertEquals(publications.map(({ payload }) => payload), ["1"]);
});

Deno.test("A history that was read before the first subscriber keeps its epoch", async () => {
  const broker = startedBroker();
  const { position } = await broker.history("news", { limit: 0 });
  for (let time = 0; time < 3; time++) {
    broker.subscribe("news");
    await broker.unsubscribe("news");
  }
  assertEquals(await broker.position("news"), position);
});

Deno.test("A position that no client knows ends with the last subscriber", async () => {
  const broker = startedBroker();
  broker.subscribe("news");
  const { offset, epoch } = await broker.publish({
    channel: "news",
    payload: "1",
  });
  assertEquals(offset, 1);
  await broker.unsubscribe("news");
  assertNotEquals((await broker.position("news")).epoch, epoch);
});
