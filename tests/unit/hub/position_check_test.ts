import { assertEquals } from "@std/assert";
import type { Broker, BrokerNode } from "../../../lib/broker/types.ts";
import type { Publication } from "../../../lib/base/publication.ts";
import { fakeTokens } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import {
  dataOf,
  SdkClient,
  type SdkClientOptions,
} from "../../support/sdk_client.ts";
import { streamOf } from "../../support/stream_of.ts";

const LOST = {
  push: {
    channel: "news",
    unsubscribe: { code: 2500, reason: "insufficient state" },
  },
};

/** A hub that no ping disturbs, and whose broker can lose what it should deliver. */
function setUp() {
  const broker = memoryBroker();
  const { start } = broker;
  let losing = false;
  let checkPositions: BrokerNode["checkPositions"] = () => {};
  broker.start = (node) => {
    checkPositions = node.checkPositions;
    start({
      ...node,
      deliver: (publication) => !losing && node.deliver(publication),
    });
  };
  const scene = new Scene({
    broker,
    tokens: fakeTokens,
    limits: { pingIntervalMs: 1e9 },
  });
  const lose = (text: string) => {
    losing = true;
    scene.hub.publish("news", text);
    losing = false;
  };
  const deliver = (publication: Publication) => {
    scene.hub.channels.get("news")?.deliver(publication);
  };
  return {
    scene,
    broker,
    lose,
    deliver,
    checkPositions: (channels?: string | readonly string[]) =>
      checkPositions(channels),
  };
}

async function subscriber(
  scene: Scene,
  options?: SdkClientOptions,
): Promise<SdkClient> {
  const client = await SdkClient.connect(scene, options);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  return client;
}

async function pass(scene: Scene, ms: number): Promise<void> {
  scene.clock.advance(ms);
  await scene.settle();
}

Deno.test("A subscriber that missed a publication gets 2500 with the next, and nothing more", async () => {
  const { scene, lose } = setUp();
  const client = await subscriber(scene);
  lose("1");
  for (const text of ["2", "3"]) scene.hub.publish("news", text);
  assertEquals(client.take(), [LOST]);
  assertEquals(client.closeCode, undefined);
  scene.hub.publish("news", "4");
  assertEquals(client.take(), []);
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
});

Deno.test("What a subscriber knows already is not sent again", async () => {
  const { scene, deliver } = setUp();
  const client = await subscriber(scene);
  for (const text of ["1", "2"]) scene.hub.publish("news", text);
  client.take();
  const { epoch } = await scene.hub.broker.position("news");
  for (const publication of streamOf([1, 2, 3], epoch)) deliver(publication);
  assertEquals(dataOf(client.take()), [3]);
});

Deno.test("A publication of another epoch is a gap", async () => {
  const { scene, deliver } = setUp();
  const client = await subscriber(scene);
  for (const publication of streamOf([1], "another")) deliver(publication);
  assertEquals(client.take(), [LOST]);
});

Deno.test("A gap in the server's own subscription ends the connection with 3010", async () => {
  const { scene, lose } = setUp();
  const client = await SdkClient.connect(scene, {
    claims: { sub: "alice", channels: ["news"] },
  });
  lose("1");
  scene.hub.publish("news", "2");
  assertEquals(client.take(), []);
  assertEquals(client.closed, { code: 3010, reason: "insufficient state" });
});

Deno.test("A subscriber of an idle channel is notified within forty seconds, after a grace", async () => {
  const { scene, lose } = setUp();
  const client = await subscriber(scene);
  lose("1");
  await pass(scene, 39_999);
  await pass(scene, 1);
  await pass(scene, 999);
  assertEquals(client.take(), []);
  await pass(scene, 1);
  assertEquals(client.take(), [LOST]);
});

Deno.test("What arrives within the grace is no loss", async () => {
  const { scene, lose, deliver } = setUp();
  const client = await subscriber(scene);
  lose("1");
  const { epoch } = await scene.hub.broker.position("news");
  await pass(scene, 40_500);
  for (const publication of streamOf([1], epoch)) deliver(publication);
  await pass(scene, 100_000);
  assertEquals(dataOf(client.take()), [1]);
  assertEquals(client.connection.channels.size, 1);
});

Deno.test("A channel is asked about once where nothing happened, and not where something did", async () => {
  const { scene, broker } = setUp();
  await subscriber(scene);
  const text = scene.connect("bob");
  text.connection.receive("+#quiet");
  await scene.settle();
  const asked: string[] = [];
  const { position } = broker;
  broker.position = (channel) => {
    asked.push(channel);
    return position(channel);
  };
  scene.hub.publish("news", "1");
  await pass(scene, 40_000);
  assertEquals(asked, []);
  await pass(scene, 40_000);
  assertEquals(asked, ["news"]);
});

Deno.test("Joins and leaves are no sign that publications arrive", async () => {
  const { scene, lose } = setUp();
  const client = await subscriber(scene);
  lose("1");
  for (let second = 0; second < 41; second += 10) {
    await subscriber(scene).then(({ connection }) => connection.ended());
    await pass(scene, 10_000);
  }
  assertEquals(client.take(), [LOST]);
});

Deno.test("When the broker says that positions may be lost, all are compared at once", async () => {
  const { scene, lose, checkPositions } = setUp();
  const behind = await subscriber(scene);
  const other = await SdkClient.connect(scene);
  await other.ask({ id: 2, subscribe: { channel: "other" } });
  lose("1");
  checkPositions();
  await scene.settle();
  await pass(scene, 1_000);
  assertEquals(behind.take(), [LOST]);
  assertEquals(other.take(), []);
});

/** Lets a broker answer for positions when the test says so; returns the channels asked about. */
function holdPositions(broker: Broker, until: Promise<void>): string[] {
  const asked: string[] = [];
  const { position } = broker;
  broker.position = async (channel) => {
    asked.push(channel);
    await until;
    return await position(channel);
  };
  return asked;
}

for (
  const [some, calls] of [
    ["one channel", ["news", "unknown"]],
    ["the channels of a server", [["news", "unknown"]]],
  ] as const
) {
  Deno.test(`When the broker says that ${some} may have lost something, no other is asked about`, async () => {
    const { scene, broker, lose, checkPositions } = setUp();
    const behind = await subscriber(scene);
    const other = await SdkClient.connect(scene);
    await other.ask({ id: 2, subscribe: { channel: "other" } });
    const asked = holdPositions(broker, Promise.resolve());
    lose("1");
    for (const channels of calls) checkPositions(channels);
    await scene.settle();
    await pass(scene, 1_000);
    assertEquals(asked, ["news"]);
    assertEquals(behind.take(), [LOST]);
  });
}

Deno.test("However often all positions are to be compared, that is done once at a time, and once more afterwards", async () => {
  const { scene, broker, checkPositions } = setUp();
  await subscriber(scene);
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = holdPositions(broker, promise);
  for (let times = 0; times < 100; times++) checkPositions();
  await scene.settle();
  assertEquals(asked.length, 1);
  resolve();
  await scene.settle();
  assertEquals(asked.length, 2);
  checkPositions();
  await scene.settle();
  assertEquals(asked.length, 3);
});

Deno.test("A broker that is away is asked again later", async () => {
  const { scene, broker, lose } = setUp();
  const client = await subscriber(scene);
  lose("1");
  const { position } = broker;
  broker.position = () => Promise.reject(new Error("away"));
  await pass(scene, 40_000);
  await pass(scene, 1_000);
  assertEquals(client.take(), []);
  broker.position = position;
  await pass(scene, 39_000);
  await pass(scene, 1_000);
  assertEquals(client.take(), [LOST]);
});

Deno.test("A subscriber that was notified and subscribes again recovers what it missed", async () => {
  const { scene, lose } = setUp();
  const client = await subscriber(scene);
  scene.hub.publish("news", "1");
  client.take();
  lose("2");
  scene.hub.publish("news", "3");
  assertEquals(client.take(), [LOST]);
  const { epoch } = await scene.hub.broker.position("news");
  const [reply] = await client.ask({
    id: 3,
    subscribe: { channel: "news", recover: true, offset: 1, epoch },
  });
  assertEquals(JSON.stringify(reply).match(/"data":"(\d)"/g), [
    '"data":"2"',
    '"data":"3"',
  ]);
});
