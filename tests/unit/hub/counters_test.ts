import { assertEquals, assertThrows } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { SAMPLE_EVERY } from "../../../lib/base/histogram.ts";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

Deno.test("Connections that the hub ends count by their code, and those that leave do not", () => {
  const scene = new Scene();
  const { evictions } = scene.hub.counters;
  scene.connect("alice").connection.ended();
  scene.connect("bob").connection.disconnect(disconnects.forceReconnect);
  scene.connect("bob").connection.disconnect(disconnects.forceReconnect);
  scene.connect("carol").connection.receive("x".repeat(70_000));
  assertEquals([...evictions], [[3011, 2], [1009, 1]]);
});

Deno.test("A client that was silent and one without a pong count as misses of the heartbeat", async () => {
  const scene = new Scene({
    limits: { heartbeatTimeoutMs: 10_000, pingIntervalMs: 5_000 },
  });
  scene.connect("alice");
  const { connection } = scene.connect(null, centrifugeProtocol);
  connection.receive('{"id":1,"connect":{}}');
  await scene.settle();
  for (let second = 0; second < 30; second++) scene.clock.advance(1_000);
  const { silent, noPong } = scene.hub.counters;
  assertEquals([silent, noPong], [1, 1]);
});

Deno.test("A delay of the event loop is found by the next tick of the heartbeat", () => {
  const scene = new Scene();
  const { eventLoopLag } = scene.hub.counters;
  scene.clock.advance(1_000);
  assertEquals(eventLoopLag.sum, 0);
  const ticks = sumOf(eventLoopLag.counts);
  scene.clock.stall(1_500);
  scene.clock.advance(200);
  // The tick was due after 200 ms of the stall.
  assertEquals(Math.round(eventLoopLag.sum * 10) / 10, 1.3);
  assertEquals(sumOf(eventLoopLag.counts) > ticks, true);
});

Deno.test("Every publication counts, and one in so many is timed with its fan-out", async () => {
  const scene = new Scene();
  const { publishes, fanOuts } = scene.hub.counters;
  const alice = scene.connect("alice");
  await scene.join(alice, "room");
  for (let number = 0; number < SAMPLE_EVERY + 1; number++) {
    alice.connection.receive("#room:hello");
  }
  assertEquals(publishes.calls, SAMPLE_EVERY + 1);
  assertEquals(sumOf(publishes.histogram.counts), 2);
  assertEquals(fanOuts.calls, SAMPLE_EVERY + 1);
  assertEquals(sumOf(fanOuts.histogram.counts), 2);
});

Deno.test("A publication to another node takes until the broker has it", async () => {
  const broker = memoryBroker();
  const publishNow = broker.publish;
  const scene = new Scene({ broker });
  broker.publish = async (request) => {
    await new Promise<void>((resolve) => scene.clock.after(1_000, resolve));
    return await publishNow(request);
  };
  const { histogram } = scene.hub.counters.publishes;
  scene.connect("alice").connection.receive("all:hello");
  await scene.settle();
  assertEquals(sumOf(histogram.counts), 0);
  scene.clock.advance(1_000);
  await scene.settle();
  assertEquals(histogram.sum, 1);
});

Deno.test("A channel too many is a refusal, and an end by the server is an unsubscribe", async () => {
  const scene = new Scene({ limits: { maxChannels: 1 } });
  const { hub } = scene;
  const alice = scene.connect("alice");
  await scene.join(alice, "room");
  assertThrows(() => hub.subscriptions.reserve(alice.connection, "other"));
  assertEquals(hub.counters.refusals.channels, 1);
  const subscription = hub.subscriptions.find(alice.connection, "room");
  if (subscription !== undefined) hub.subscriptions.onGap(subscription);
  assertEquals(hub.counters.positionGaps, 1);
  assertEquals([...hub.counters.unsubscribes], [[2500, 1]]);
});

Deno.test("A client that comes back with a position counts by what it gets", async () => {
  const scene = new Scene();
  const { hub } = scene;
  const history = { size: 10, ttlMs: 60_000 };
  const { epoch } = await hub.broker.publish({
    channel: "room",
    payload: "1",
    history,
  });
  for (const since of [{ offset: 0, epoch }, { offset: 0, epoch: "gone" }]) {
    const { connection } = scene.connect("alice");
    const subscription = hub.subscriptions.reserve(connection, "room", {
      positioned: true,
    });
    await hub.subscriptions.subscribe(subscription, { since, mode: "stream" });
  }
  assertEquals([hub.counters.recovered, hub.counters.unrecovered], [1, 1]);
});
