/** Subscribers that seem to have missed something when positions are compared, and have not. */

import { assertEquals } from "@std/assert";
import { PositionCheck } from "../../../lib/hub/position_check.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { dataOf, SdkClient } from "../../support/sdk_client.ts";

const GRACE_MS = 1_000;

/** A hub whose broker can be late with a delivery, and calls for a check on request. */
function setUp() {
  const broker = memoryBroker();
  const { start } = broker;
  const late: (() => void)[] = [];
  let isLate = false;
  let checkPositions = () => {};
  broker.start = (node) => {
    checkPositions = () => node.checkPositions();
    start({
      ...node,
      deliver: (publication) => {
        if (!isLate) return node.deliver(publication);
        late.push(() => node.deliver(publication));
        return true;
      },
    });
  };
  const limits = { pingIntervalMs: 1e9 };
  const scene = new Scene({ broker, tokens: fakeTokens, limits });
  const publishLate = (text: string) => {
    isLate = true;
    scene.hub.publish("news", text);
    isLate = false;
  };
  return {
    scene,
    publishLate,
    arrive: () => late.splice(0).forEach((deliver) => deliver()),
    check: async () => {
      checkPositions();
      await scene.settle();
    },
  };
}

async function subscribe(client: SdkClient): Promise<void> {
  await client.ask({ id: 2, subscribe: { channel: "news" } });
}

Deno.test("What has arrived by the end of the grace and is still being collected is no loss", async () => {
  const { scene, publishLate, arrive, check } = setUp();
  const client = await SdkClient.connect(scene);
  await subscribe(client);
  publishLate("1");
  // Runs just before the end of the grace, at the same time.
  scene.clock.after(GRACE_MS, arrive);
  await check();
  scene.clock.advance(GRACE_MS);
  await scene.settle();
  assertEquals(dataOf(client.take()), ["1"]);
  assertEquals(client.connection.channels.size, 1);
});

Deno.test("A client that has subscribed again within the grace is not notified of what its last subscription missed", async () => {
  const { scene, publishLate, check } = setUp();
  const client = await SdkClient.connect(scene);
  await subscribe(client);
  publishLate("1");
  await check();
  await client.ask({ id: 3, unsubscribe: { channel: "news" } });
  await subscribe(client);
  client.take();
  scene.clock.advance(GRACE_MS);
  await scene.settle();
  assertEquals(client.take(), []);
  assertEquals(client.connection.channels.size, 1);
});

Deno.test("A client that is not notified of its subscription yet has missed nothing of what is held back for it", async () => {
  const { scene, check } = setUp();
  const client = await SdkClient.connect(scene);
  const gate = Promise.withResolvers<void>();
  const { presence } = scene.hub;
  const add = presence.add.bind(presence);
  presence.add = async (channel, info) => {
    await gate.promise;
    await add(channel, info);
  };
  client.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  scene.hub.publish("news", "1");
  await check();
  scene.clock.advance(GRACE_MS);
  await scene.settle();
  gate.resolve();
  await scene.settle();
  assertEquals(dataOf(client.take()), ["1"]);
  assertEquals(client.connection.channels.size, 1);
});

Deno.test("A client that was not notified of its subscription yet is checked when it is", async () => {
  const { scene, publishLate, check } = setUp();
  const client = await SdkClient.connect(scene);
  const gate = Promise.withResolvers<void>();
  const { presence } = scene.hub;
  const add = presence.add.bind(presence);
  presence.add = async (channel, info) => {
    await gate.promise;
    await add(channel, info);
  };
  client.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  publishLate("1");
  await check();
  for (let times = 0; times < 3; times++) {
    scene.clock.advance(GRACE_MS);
    await scene.settle();
  }
  gate.resolve();
  await scene.settle();
  assertEquals(client.connection.channels.size, 1);
  for (let times = 0; times < 2; times++) {
    scene.clock.advance(GRACE_MS);
    await scene.settle();
  }
  assertEquals(client.connection.channels.size, 0);
});

Deno.test("A check that is over leaves nothing to be stopped", async () => {
  const { scene, publishLate } = setUp();
  await subscribe(await SdkClient.connect(scene));
  publishLate("1");
  const clock = new FakeClock();
  let stopped = 0;
  let lost = 0;
  const after = clock.after.bind(clock);
  clock.after = (delayMs, callback) => {
    const stop = after(delayMs, callback);
    return () => {
      stopped++;
      stop();
    };
  };
  const check = new PositionCheck({
    channels: scene.hub.channels,
    broker: scene.hub.broker,
    clock,
    log: scene.hub.log,
    onGap: () => lost++,
  });
  for (let times = 0; times < 3; times++) {
    check.check();
    await scene.settle();
    if (times < 2) clock.advance(GRACE_MS);
  }
  assertEquals([lost, clock.pending], [2, 1]);
  check.stop();
  assertEquals([stopped, clock.pending], [1, 0]);
});
