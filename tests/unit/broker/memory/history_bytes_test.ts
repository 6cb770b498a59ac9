import { assert, assertEquals } from "@std/assert";
import { MemoryBroker } from "../../../../lib/broker/memory/broker.ts";
import { FakeClock, fakeRandom } from "../../../support/fake_clock.ts";

const HISTORY = { size: 100, ttlMs: 1e9 };
const OVERHEAD = 256;
const PAYLOAD = "x".repeat(1_000 - OVERHEAD);

function brokerOf(maxHistoryBytes: number) {
  const clock = new FakeClock();
  const broker = new MemoryBroker({
    clock,
    random: fakeRandom(),
    maxHistoryBytes,
  });
  broker.start({
    deliver: () => true,
    answer: () => undefined,
    checkPositions: () => {},
  });
  const publish = (channel: string, payload = PAYLOAD) => {
    clock.advance(1);
    return broker.publish({ channel, payload, history: HISTORY });
  };
  const length = async (channel: string) => {
    const result = await broker.history(channel, { limit: -1 });
    return result.type === "history" ? result.publications.length : -1;
  };
  return { broker, clock, publish, length };
}

Deno.test("The bytes of all histories are bounded, however many channels there are", () => {
  const { broker, publish } = brokerOf(50_000);
  for (let count = 0; count < 2_000; count++) {
    publish(`channel ${count % 37}`);
    assert(broker.histories.total <= 50_000, String(broker.histories.total));
  }
  assert(broker.histories.evictions > 0);
});

Deno.test("The history that was not used for the longest time is dropped first, and the positions stay", async () => {
  const { broker, publish, length } = brokerOf(30_000);
  const before = publish("old");
  for (let count = 0; count < 30; count++) publish("new");
  assertEquals(await length("old"), 0);
  assertEquals(await length("new"), 27);
  const after = await broker.position("old");
  assertEquals([after.offset, after.epoch], [before.offset, before.epoch]);
});

Deno.test("A client that missed what was dropped is not recovered", async () => {
  const { broker, publish } = brokerOf(30_000);
  const since = publish("old");
  publish("old");
  for (let count = 0; count < 40; count++) publish("new");
  const { recovered } = await broker.recover("old", { since, mode: "stream" });
  assertEquals(recovered, false);
});

Deno.test("A single channel longer than all may be keeps its newest publications", async () => {
  const { broker, publish, length } = brokerOf(10_000);
  for (let count = 0; count < 50; count++) publish("one");
  assert(await length("one") >= 8);
  assertEquals((await broker.position("one")).offset, 50);
});

Deno.test("What expires, is cleared, removed or replaced is counted no more", async () => {
  const { broker, clock, publish } = brokerOf(1e9);
  for (let count = 0; count < 150; count++) publish("full");
  assertEquals(broker.histories.total, 100_000);
  broker.publish({ channel: "full", payload: "x" });
  assertEquals(broker.histories.total, 0);
  publish("removed");
  await broker.removeHistory("removed");
  assertEquals(broker.histories.total, 0);
  publish("expired");
  clock.advance(2e9);
  assertEquals(broker.histories.total, 0);
});
