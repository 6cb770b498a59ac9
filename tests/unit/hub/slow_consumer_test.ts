/** Slow consumers of a hub: their backlog, its end, the policies of channels, and publishers that are ahead. */

import { assert, assertEquals } from "@std/assert";
import {
  type ChannelOptions,
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { Scene, type SceneClient } from "../../support/scene.ts";
import { dataOf, fieldOf, SdkClient } from "../../support/sdk_client.ts";

const LIMITS = { maxBufferedBytes: 1_000, slowGraceMs: 1_000 };
const FULL = 1_000;

function begin(options: Partial<ChannelOptions> = {}): Scene {
  const namespaces = new Namespaces({ ...DEFAULT_CHANNEL_OPTIONS, ...options });
  return new Scene({ limits: LIMITS, namespaces });
}

async function reader(scene: Scene, uid: string): Promise<SceneClient> {
  const client = scene.connect(uid);
  client.connection.receive("+#news");
  await scene.settle();
  client.transport.take();
  return client;
}

async function sdkReader(scene: Scene): Promise<SdkClient> {
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: "news" } });
  return client;
}

Deno.test("Publications, replies and the disconnect wait in their order while a transport is full", async () => {
  const scene = begin();
  const { connection, transport } = await reader(scene, "bob");
  transport.bufferedAmount = FULL;
  scene.hub.publish("news", "a");
  connection.receive("ping");
  scene.hub.publish("news", "b");
  connection.disconnect(disconnects.forceReconnect);
  assertEquals([transport.sent, transport.closed], [[], undefined]);
  assertEquals([scene.hub.size, scene.hub.channels.size], [0, 0]);
  transport.bufferedAmount = 0;
  scene.clock.advance(50);
  assertEquals(transport.sent.slice(0, 3), ["#news:a", "pong", "#news:b"]);
  assertEquals(transport.closed?.code, 3011);
  assertEquals(scene.hub.backlogs.size, 0);
});

Deno.test("A client that does not read its last frames is closed for the reason that it was given", async () => {
  const scene = begin();
  const { connection, transport } = await reader(scene, "bob");
  transport.bufferedAmount = FULL;
  scene.hub.publish("news", "a");
  connection.disconnect(disconnects.forceDisconnect);
  scene.clock.advance(1_100);
  assertEquals(transport.sent, []);
  assertEquals(transport.closed?.code, 3503);
  assertEquals(scene.hub.backlogs.counters.backlogBytes, 0);
});

Deno.test("The backlog of a client that has gone is dropped at once", async () => {
  const scene = begin();
  const { connection, transport } = await reader(scene, "bob");
  transport.bufferedAmount = FULL;
  scene.hub.publish("news", "a");
  const { backlogs } = scene.hub;
  assertEquals([backlogs.size, backlogs.counters.backlogBytes], [1, 71]);
  connection.ended();
  assertEquals([backlogs.size, backlogs.counters.backlogBytes], [0, 0]);
});

Deno.test("A slow consumer is counted, and ended at once where more waits than is allowed", async () => {
  const scene = begin();
  const { transport } = await reader(scene, "bob");
  transport.bufferedAmount = FULL;
  for (let count = 0; count < 15; count++) {
    scene.hub.publish("news", "x".repeat(930));
  }
  assertEquals(transport.closed, undefined);
  scene.hub.publish("news", "x".repeat(930));
  assertEquals(transport.closed?.code, 3008);
  assertEquals(scene.hub.backlogs.counters, {
    slowConsumers: 1,
    droppedPublications: 0,
    backlogBytes: 0,
  });
});

for (
  const [slowPolicy, expected] of [
    ["dropOldest", ["#news:14", "#news:15", "#news:16", "#news:17"]],
    ["keepLatest", ["#news:17"]],
  ] as const
) {
  Deno.test(`A slow text client of a channel with ${slowPolicy} stays, and gets the newest`, async () => {
    const scene = begin({ slowPolicy });
    const [slow, fast] = [await reader(scene, "a"), await reader(scene, "b")];
    slow.transport.bufferedAmount = FULL;
    const texts = Array.from({ length: 18 }, (_, n) => `${n}`.padEnd(150));
    for (const text of texts) scene.hub.publish("news", text);
    scene.clock.advance(5_000);
    assertEquals(slow.transport.closed, undefined);
    slow.transport.bufferedAmount = 0;
    scene.clock.advance(100);
    const sent = slow.transport.take().map((frame) => String(frame).trimEnd());
    assertEquals(sent, [...expected]);
    assertEquals(fast.transport.sent.length, 18);
    assertEquals(
      scene.hub.backlogs.counters.droppedPublications,
      18 - expected.length,
    );
  });
}

Deno.test("A slow client gets the newest publication of each conflation key, and all that have none", async () => {
  const scene = begin({ slowPolicy: "keepLatest", conflationKey: "symbol" });
  const slow = await reader(scene, "a");
  slow.transport.bufferedAmount = FULL;
  for (let n = 0; n < 4; n++) {
    for (const symbol of ["A", "B"]) {
      scene.hub.publish("news", `${symbol}${n}`, { tags: { symbol } });
    }
    scene.hub.publish("news", `none${n}`);
  }
  slow.transport.bufferedAmount = 0;
  scene.clock.advance(100);
  assertEquals(slow.transport.take(), [
    "#news:none0",
    "#news:none1",
    "#news:none2",
    "#news:A3",
    "#news:B3",
    "#news:none3",
  ]);
});

for (const slowPolicy of ["dropOldest", "keepLatest"] as const) {
  Deno.test(`An SDK with positions learns of what ${slowPolicy} drops by 2500, and recovers it`, async () => {
    const scene = begin({ slowPolicy });
    const client = await sdkReader(scene);
    scene.hub.publish("news", "1");
    assertEquals(dataOf(client.take()), ["1"]);
    client.transport.bufferedAmount = FULL;
    for (let n = 2; n < 20; n++) {
      scene.hub.publish("news", `${n}`.padEnd(200));
      scene.clock.advance(5);
    }
    client.transport.bufferedAmount = 0;
    scene.clock.advance(100);
    const messages = client.take();
    assertEquals(dataOf(messages), []);
    const [{ push } = {}] = messages;
    assertEquals(fieldOf(fieldOf(push, "unsubscribe"), "code"), 2500);
    assertEquals(messages.length, 1);
    const { epoch } = await scene.hub.broker.position("news");
    const since = { recover: true, offset: 1, epoch };
    const subscribe = { channel: "news", ...since };
    const again = await client.ask({ id: 3, subscribe });
    assertEquals(dataOf(again).length, 18);
  });
}

Deno.test("An SDK without positions gets the newest of what fell together, and never an old one after a new one", async () => {
  const scene = begin({ slowPolicy: "keepLatest", historySize: 0 });
  const client = await sdkReader(scene);
  client.transport.bufferedAmount = FULL;
  for (let n = 0; n < 50; n++) {
    scene.hub.publish("news", `${n}`);
    if (n % 7 === 0) scene.clock.advance(5);
  }
  scene.clock.advance(5);
  client.transport.bufferedAmount = 0;
  scene.clock.advance(100);
  assertEquals(dataOf(client.take()), ["49"]);
});

Deno.test("A client that reads gets everything, whatever the policy of the channel", async () => {
  for (const slowPolicy of ["dropOldest", "keepLatest"] as const) {
    const scene = begin({ slowPolicy, delta: ["fossil"] });
    const text = await reader(scene, "a");
    const client = await sdkReader(scene);
    for (let n = 0; n < 50; n++) scene.hub.publish("news", `${n}`);
    scene.clock.advance(5);
    const all = Array.from({ length: 50 }, (_, n) => `${n}`);
    assertEquals(dataOf(client.take()), all);
    assertEquals(text.transport.take(), all.map((n) => `#news:${n}`));
  }
});

Deno.test("A publisher waits while most of its recipients are behind and read, and no longer than the grace time", async () => {
  const scene = begin();
  const readers = [await reader(scene, "a"), await reader(scene, "b")];
  const publisher = scene.connect("publisher");
  for (const { transport } of readers) transport.bufferedAmount = FULL;
  publisher.connection.receive("#news:1");
  publisher.connection.receive("other:2");
  publisher.connection.receive("ping");
  assertEquals(publisher.transport.sent, []);
  for (const { transport } of readers) transport.bufferedAmount = 0;
  scene.clock.advance(10);
  await scene.settle();
  assertEquals(publisher.transport.take().at(-1), "pong");
});

Deno.test("A publisher waits at most the grace time for recipients that read too little to catch up", async () => {
  const scene = begin();
  const slow = await reader(scene, "a");
  const publisher = scene.connect("publisher");
  slow.transport.bufferedAmount = FULL;
  publisher.connection.receive(`#news:${"x".repeat(900)}`);
  publisher.connection.receive("ping");
  for (let ms = 0; ms < 995; ms++) {
    slow.transport.bufferedAmount -= 0.1;
    scene.clock.advance(1);
  }
  await scene.settle();
  assertEquals(publisher.transport.sent, []);
  scene.clock.advance(20);
  await scene.settle();
  assertEquals(publisher.transport.take(), ["pong"]);
});

Deno.test("A publisher does not wait for clients that are stuck, nor for a few that are slow", async () => {
  const scene = begin();
  const stuck = await reader(scene, "a");
  const publisher = scene.connect("publisher");
  stuck.transport.bufferedAmount = FULL;
  publisher.connection.receive("#news:1");
  scene.clock.advance(10);
  await scene.settle();
  for (let count = 0; count < 10; count++) {
    publisher.connection.receive("#news:2");
    publisher.connection.receive("ping");
  }
  assertEquals(publisher.transport.take().length, 10);

  await reader(scene, "b");
  await reader(scene, "c");
  stuck.transport.bufferedAmount--;
  scene.clock.advance(40);
  publisher.connection.receive("#news:3");
  publisher.connection.receive("ping");
  assertEquals(publisher.transport.take(), ["pong"]);
});

Deno.test("A publisher that waits is not ended for what it sends meanwhile: that is carried out in its order", async () => {
  const scene = begin();
  const slow = await reader(scene, "a");
  const publisher = scene.connect("publisher");
  slow.transport.bufferedAmount = FULL;
  const texts = Array.from({ length: 100 }, (_, n) => `${n}`.padEnd(60));
  for (const text of texts) {
    publisher.connection.receive(`#news:${text}`);
    await scene.settle();
  }
  assertEquals(publisher.transport.closed, undefined);
  slow.transport.bufferedAmount = 0;
  // Some of them wait for a turn of the event loop.
  for (let turn = 0; turn < 10; turn++) {
    scene.clock.advance(50);
    await scene.settle();
  }
  assertEquals(slow.transport.take(), texts.map((text) => `#news:${text}`));
});

Deno.test("A publisher that has gone, or waits already, is not waited for again and again", async () => {
  const scene = begin();
  const slow = await reader(scene, "a");
  const { connection } = scene.connect("publisher");
  slow.transport.bufferedAmount = FULL;
  for (let count = 0; count < 8; count++) {
    connection.receive("#news:n".padEnd(60));
  }
  await scene.settle();
  slow.transport.bufferedAmount = 0;
  for (let turn = 0; turn < 20; turn++) {
    scene.clock.advance(50);
    await scene.settle();
  }
  connection.ended();
  let resumed = 0;
  connection.resume = () => resumed++;
  scene.hub.backpressure.update();
  assertEquals(resumed, 0);
});

Deno.test("A client that does not let go of its closed transport is a zombie after 5 s, and too many of them refuse new clients", async () => {
  const scene = new Scene({ limits: { ...LIMITS, maxZombies: 1 } });
  const { hub, clock } = scene;
  const clients = ["a", "b", "c"].map((uid) => scene.connect(uid));
  for (const _ of clients) hub.admission.enter();
  const [a, b, c] = clients;
  a!.connection.disconnect(disconnects.slow);
  clock.advance(4_999);
  assertEquals(hub.admission.zombies, 0);
  clock.advance(1);
  assertEquals([hub.admission.zombies, hub.admission.full], [1, false]);
  b!.connection.disconnect(disconnects.silent);
  c!.connection.disconnect(disconnects.silent);
  c!.connection.ended();
  clock.advance(5_000);
  assertEquals([hub.admission.zombies, hub.admission.full], [2, true]);
  assertEquals(hub.admission.enter(), undefined);
  assert(hub.admission.enterBriefly());
  a!.connection.ended();
  a!.connection.ended();
  assertEquals([hub.admission.zombies, hub.admission.full], [1, false]);
  await hub.close();
});

Deno.test("A transport never holds more than it may, though it is not looked at for each frame", async () => {
  const maxBufferedBytes = 1_048_576;
  const scene = new Scene({ limits: { maxBufferedBytes } });
  const { transport } = await reader(scene, "bob");
  const send = transport.send.bind(transport);
  transport.send = (frame) => {
    send(frame);
    transport.bufferedAmount += String(frame).length;
  };
  const { backlogs } = scene.hub;
  for (let count = 0; backlogs.size === 0; count++) {
    assert(count < 10_000, "it takes everything");
    scene.hub.publish("news", "x".repeat(1 + count % 2_000));
  }
  assert(transport.bufferedAmount <= maxBufferedBytes);
  assert(transport.bufferedAmount > maxBufferedBytes - 2_048);
});
