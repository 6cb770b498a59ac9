import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  DEFAULT_CHANNEL_OPTIONS,
  Namespaces,
} from "../../../lib/channel/channel_options.ts";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { createDelta } from "../../../lib/protocol/delta.ts";
import { Scene } from "../../support/scene.ts";
import { dataOf, publicationsOf, SdkClient } from "../../support/sdk_client.ts";

async function subscriber(
  scene: Scene,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<SdkClient> {
  const client = await SdkClient.connect(scene);
  await client.ask({ id: 2, subscribe: { channel: "news", ...fields } });
  return client;
}

Deno.test("Publications that fall together come in one frame, and each later one in its own", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  for (const text of ["a", "b", "c"]) scene.hub.publish("news", text);
  assertEquals(client.transport.sent, []);
  assertEquals(client.takeFrames().map(dataOf), [["a", "b", "c"]]);
  scene.hub.publish("news", "d");
  assertEquals(client.takeFrames().map(dataOf), [["d"]]);
});

Deno.test("Text clients of the same channel get one frame each, as joined ones do in theirs", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  const text = scene.connect("bob");
  text.connection.receive("+#news");
  await scene.settle();
  text.transport.take();
  scene.hub.publish("news", "plain");
  scene.hub.publish("news", { json: '"string"' });
  scene.hub.publish("news", { json: '{"a":[1]}' });
  assertEquals(client.takeFrames().map(dataOf), [["plain", "string", {
    a: [1],
  }]]);
  assertEquals(text.transport.take(), [
    "#news:plain",
    "#news:string",
    '#news:{"a":[1]}',
  ]);
});

Deno.test("Answers to the commands of one frame share one frame", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  client.send(
    { id: 3, presence_stats: { channel: "news" } },
    { id: 4, unsubscribe: { channel: "other" } },
  );
  await scene.settle();
  assertEquals(client.transport.sent.length, 1);
  assertEquals(client.take().map(({ id }) => id), [3, 4]);
});

Deno.test("A publisher's answers come in the frame of what it has published", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  client.send(
    { id: 3, publish: { channel: "news", data: 1 } },
    { id: 4, publish: { channel: "news", data: 2 } },
    { id: 5, unsubscribe: { channel: "other" } },
  );
  client.send({ id: 6, publish: { channel: "news", data: 3 } });
  assertEquals(client.transport.sent, []);
  const frames = client.takeFrames();
  assertEquals(frames.length, 1);
  assertEquals(frames[0]!.slice(0, 4).map(({ id }) => id), [3, 4, 5, 6]);
  assertEquals(dataOf(frames[0]!), [1, 2, 3]);
});

Deno.test("Answers to a publisher that is no subscriber share a frame, when the first subscribers are sent to", async () => {
  const scene = new Scene({ limits: { recipientsPerTurn: 1 } });
  const clients: SdkClient[] = [];
  while (clients.length < 3) clients.push(await subscriber(scene));
  const publisher = await SdkClient.connect(scene);
  for (const id of [2, 3]) {
    publisher.send({ id, publish: { channel: "news", data: id } });
  }
  const sent = () => clients.map(({ transport }) => transport.sent.length);
  while (publisher.transport.sent.length === 0) scene.clock.stall(0);
  assertEquals(sent(), [1, 1, 0]);
  assertEquals(
    publisher.takeFrames().map((frame) => frame.map(({ id }) => id)),
    [[2, 3]],
  );
});

Deno.test("Where nothing waits to be joined, a publisher is answered at once", async () => {
  const scene = new Scene();
  const client = await SdkClient.connect(scene);
  client.send({ id: 2, publish: { channel: "empty", data: 1 } });
  assertEquals(client.transport.sent.length, 1);
});

Deno.test("A publisher that is disconnected before its answer was to be sent gets it first", async () => {
  const scene = new Scene();
  await subscriber(scene);
  const publisher = await SdkClient.connect(scene);
  publisher.send({ id: 2, publish: { channel: "news", data: 1 } });
  publisher.connection.disconnect(disconnects.shutdown);
  assertEquals(publisher.transport.sent, ['{"id":2,"publish":{}}']);
  scene.clock.advance(0);
  assertEquals(publisher.transport.sent.length, 1);
});

Deno.test("A push that must come between two answers does", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  client.send(
    { id: 3, publish: { channel: "news", data: 1 } },
    { id: 4, unsubscribe: { channel: "news" } },
    { id: 5, publish: { channel: "news", data: 2 } },
  );
  const messages = client.take();
  assertEquals(messages.map(({ id }) => id), [3, undefined, 4, 5]);
  assertEquals(dataOf(messages), [1]);
});

Deno.test("An answer does not wait for a later command of its frame that takes long", async () => {
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ onSubscribe: () => gate.promise });
  const client = new SdkClient(scene);
  client.send(
    { id: 1, connect: {} },
    { id: 2, publish: { channel: "other", data: 1 } },
    { id: 3, subscribe: { channel: "news" } },
  );
  client.send({ id: 4, unsubscribe: { channel: "news" } });
  await scene.settle();
  const early = client.takeFrames();
  assertEquals(early.map((frame) => frame.map(({ id }) => id)), [[1, 2]]);
  gate.resolve();
  await scene.settle();
  assertEquals(client.take().map(({ id }) => id), [3, 4]);
});

Deno.test("What the hub says by itself comes after the answers that were given before", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  client.send({ id: 3, publish: { channel: "news", data: 1 } }, {
    send: { data: 1 },
  });
  assertEquals(
    client.take().map((message) => message.id ?? "a publication"),
    [3, "a publication"],
  );
  assertEquals(client.closed, { code: 3508, reason: "not available" });
});

Deno.test("A subscriber gets what is delivered after it came, though others still wait for what was before", async () => {
  const scene = new Scene();
  const early = await subscriber(scene);
  scene.hub.publish("news", "before");
  const late = await SdkClient.connect(scene);
  late.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  scene.hub.publish("news", "after");
  assertEquals(dataOf(late.take()), ["after"]);
  assertEquals(dataOf(early.take()), ["before", "after"]);
});

Deno.test("A frame has at most 256 publications, or those that make 64 KiB", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  for (let index = 0; index < 300; index++) {
    scene.hub.publish("news", `${index}`);
  }
  assertEquals(client.transport.sent.length, 1);
  assertEquals(client.takeFrames().map((frame) => frame.length), [256, 44]);
  scene.hub.publish("news", "x".repeat(65_536));
  assertEquals(client.takeFrames().length, 1);
});

Deno.test("A slow subscriber goes in the middle of a fan-out, and is counted once", async () => {
  const scene = new Scene();
  const [slow, fast] = [await subscriber(scene), await subscriber(scene)];
  scene.hub.publish("news", "a");
  slow.transport.bufferedAmount = 2 ** 30;
  // Its leaving sends what it waits for, which is how it is found to be slow.
  slow.send({ id: 3, unsubscribe: { channel: "news" } });
  assertEquals(slow.closeCode, 3008);
  assertEquals(dataOf(fast.take()), ["a"]);
  for (const text of ["b", "c"]) scene.hub.publish("news", text);
  assertEquals(fast.takeFrames().map(dataOf), [["b", "c"]]);
  assertEquals(scene.hub.channels.get("news")?.positioned, 1);
});

Deno.test("What is published in the middle of a fan-out comes behind it, and before what is published later", async () => {
  let hasPublished = false;
  const scene = new Scene({
    limits: { maxBufferedBytes: 1_000 },
    onDisconnect: () => {
      hasPublished = true;
      scene.hub.publish("news", "one has left");
    },
  });
  const clients = ["slow", "fast"].map((uid) => scene.connect(uid));
  for (const { connection } of clients) connection.receive("+#news");
  await scene.settle();
  const [slow, fast] = clients;
  slow!.transport.bufferedAmount = 2 ** 30;
  fast!.transport.take();
  for (const text of ["a", "b"]) scene.hub.publish("news", text);
  scene.clock.advance(0);
  assertEquals(hasPublished, true);
  assertEquals(fast!.transport.take(), [
    "#news:a",
    "#news:one has left",
    "#news:b",
  ]);
});

Deno.test("Deltas begin in full, go on from frame to frame, and build on what the subscriber has", async () => {
  const namespaces = new Namespaces({
    ...DEFAULT_CHANNEL_OPTIONS,
    delta: ["fossil"],
  });
  const scene = new Scene({ namespaces });
  const client = await subscriber(scene, { delta: "fossil" });
  const plain = await subscriber(scene, { delta: "none" });
  const text = (index: number) =>
    `${"words that stay the same ".repeat(5)}${index}`;
  for (const index of [1, 2]) scene.hub.publish("news", text(index));
  const first = client.take();
  scene.hub.publish("news", text(3));
  const second = client.take();
  const json = (index: number) => JSON.stringify(text(index));
  assertEquals(publicationsOf([...first, ...second]), [
    { data: json(1), offset: 1 },
    { data: createDelta(json(1), json(2)), delta: true, offset: 2 },
    { data: createDelta(json(2), json(3)), delta: true, offset: 3 },
  ]);
  assertEquals(dataOf(plain.take()), [text(1), text(2), text(3)]);

  const late = await SdkClient.connect(scene);
  const { epoch } = await scene.hub.broker.position("news");
  const messages = await late.ask({
    id: 2,
    subscribe: {
      channel: "news",
      delta: "fossil",
      recover: true,
      offset: 1,
      epoch,
    },
  });
  scene.hub.publish("news", text(4));
  assertEquals(publicationsOf([...messages, ...late.take()]), [
    { data: json(2), offset: 2 },
    { data: createDelta(json(2), json(3)), delta: true, offset: 3 },
    { data: json(4), offset: 4 },
  ]);
  assertEquals(publicationsOf(client.take())[0]?.delta, true);
});

Deno.test("What was published just before a client is disconnected still reaches it", async () => {
  const scene = new Scene();
  const client = await subscriber(scene);
  scene.hub.publish("news", "last words");
  client.connection.disconnect(disconnects.shutdown);
  const frames = client.transport.take();
  assertEquals(frames.length, 1);
  assertStringIncludes(String(frames[0]), "last words");
  assertEquals(client.closeCode, 3001);
});
