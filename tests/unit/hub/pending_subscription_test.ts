/** Events between the request to subscribe and its reply. */

import { assertEquals, assertObjectMatch } from "@std/assert";
import { unsubscribes } from "../../../lib/base/disconnect.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { memoryBroker, type OpenBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { dataOf, publicationsOf, SdkClient } from "../../support/sdk_client.ts";
import { streamOf } from "../../support/stream_of.ts";

interface Stage {
  readonly scene: Scene;
  readonly broker: OpenBroker;
  readonly client: SdkClient;
  readonly epoch: string;
  /** Lets what the broker was asked be answered. */
  readonly open: () => Promise<void>;
}

/** A hub whose broker looks at once, and answers late. */
async function setUp(
  late: "recover" | "position" | "subscribe",
): Promise<Stage> {
  const broker = memoryBroker();
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ broker, tokens: fakeTokens });
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  await scene.hub.publish("news", "1");
  const { epoch } = await broker.position("news");
  const { subscribe, position, recover } = broker;
  const after = async <T>(answer: Promise<T>) => {
    await gate.promise;
    return await answer;
  };
  if (late === "subscribe") {
    broker.subscribe = (channel) => after(Promise.resolve(subscribe(channel)));
  }
  if (late === "position") {
    broker.position = (channel) => after(position(channel));
  }
  if (late === "recover") {
    broker.recover = (channel, query) => after(recover(channel, query));
  }
  const open = async () => {
    gate.resolve();
    await scene.settle();
  };
  return { scene, broker, client, epoch, open };
}

const SUBSCRIBE = { id: 2, subscribe: { channel: "news" } };

function recovering(offset: number, epoch: string) {
  return {
    id: 2,
    subscribe: { channel: "news", recover: true, offset, epoch },
  };
}

Deno.test("What is published while the history is read is recovered once, in its place", async () => {
  const { scene, client, epoch, open } = await setUp("recover");
  await scene.hub.publish("news", "2");
  client.send(recovering(1, epoch));
  await scene.settle();
  for (const text of ["3", "4"]) scene.hub.publish("news", text);
  assertEquals(client.take(), []);
  await open();
  const messages = client.take();
  assertEquals(messages.length, 1);
  assertObjectMatch(messages[0]!, {
    subscribe: { recovered: true, offset: 1 },
  });
  assertEquals(
    publicationsOf(messages).map(({ data, offset }) => [data, offset]),
    [
      ["2", 2],
      ["3", 3],
      ["4", 4],
    ],
  );
  scene.hub.publish("news", "5");
  assertEquals(dataOf(client.take()), ["5"]);
});

Deno.test("What is both in the history and delivered meanwhile comes once", async () => {
  const { scene, broker, client, epoch, open } = await setUp("recover");
  const { recover } = broker;
  broker.recover = async (channel, query) => {
    scene.hub.publish("news", "2");
    scene.hub.publish("news", "3");
    scene.clock.advance(0);
    return await recover(channel, query);
  };
  client.send(recovering(1, epoch));
  await scene.settle();
  scene.hub.publish("news", "4");
  scene.clock.advance(0);
  scene.hub.publish("news", "5");
  await open();
  assertEquals(publicationsOf(client.take()).map(({ data }) => data), [
    "2",
    "3",
    "4",
    "5",
  ]);
});

Deno.test("A hole between the history and what is delivered meanwhile ends the connection with 3010", async () => {
  const { scene, client, epoch, open } = await setUp("recover");
  client.send(recovering(1, epoch));
  await scene.settle();
  const [lost] = streamOf([3], epoch);
  scene.hub.channels.get("news")?.deliver(lost!);
  scene.clock.advance(0);
  await open();
  assertEquals(client.take(), []);
  assertEquals(client.closed, { code: 3010, reason: "insufficient state" });
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
});

Deno.test("A client that does not recover gets what is published after its position, and nothing before", async () => {
  const { scene, client, open } = await setUp("position");
  client.send(SUBSCRIBE);
  await scene.settle();
  scene.hub.publish("news", "2");
  assertEquals(client.take(), []);
  scene.hub.publish("news", "3");
  await open();
  const [reply, ...pushes] = client.take();
  assertObjectMatch(reply!, { subscribe: { offset: 1 } });
  assertEquals(dataOf(pushes), ["2", "3"]);
});

Deno.test("Later commands wait for the subscription, and other connections do not", async () => {
  const { scene, client, open } = await setUp("position");
  const other = await SdkClient.connect(scene);
  client.send(SUBSCRIBE, { id: 3, publish: { channel: "news", data: "mine" } });
  client.send({ id: 4, unsubscribe: { channel: "news" } });
  await scene.settle();
  assertEquals(await other.ask({ id: 2, publish: { channel: "a", data: 1 } }), [
    { id: 2, publish: {} },
  ]);
  assertEquals(client.take(), []);
  await open();
  const messages = client.take();
  assertEquals(messages.map(({ id }) => id), [2, 3, undefined, 4]);
  assertEquals(dataOf(messages), ["mine"]);
});

Deno.test("More than four thousand publications before the answer are error 100 for now, and leave nothing", async () => {
  const { scene, client, open } = await setUp("position");
  client.send(SUBSCRIBE);
  await scene.settle();
  for (let index = 0; index < 4_200; index++) scene.hub.publish("news", "x");
  scene.clock.advance(0);
  await open();
  const [reply, ...more] = client.take();
  assertObjectMatch(reply!, { id: 2, error: { code: 100, temporary: true } });
  assertEquals(more, []);
  assertEquals(scene.hub.channels.has("news"), false);
  assertEquals(client.connection.channels.size, 0);
  const [again] = await client.ask({ ...SUBSCRIBE, id: 3 });
  assertEquals([again?.id, again?.error], [3, undefined]);
});

Deno.test("A subscription that the server ends before the answer is answered with error 103, and leaves nothing", async () => {
  const { scene, client, open } = await setUp("position");
  client.send(SUBSCRIBE);
  await scene.settle();
  scene.hub.subscriptions.end(client.connection, "news", unsubscribes.server);
  client.take();
  await open();
  const [reply] = client.take();
  assertObjectMatch(reply!, { id: 2, error: { code: 103 } });
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
  assertEquals(scene.hub.channels.has("news"), false);
  const [again] = await client.ask({ ...SUBSCRIBE, id: 3 });
  assertEquals([again?.id, again?.error], [3, undefined]);
});

for (const late of ["subscribe", "position", "recover"] as const) {
  Deno.test(`A connection that ends while the broker is asked to ${late} leaves nothing behind`, async () => {
    const { scene, client, epoch, open } = await setUp(late);
    const timers = scene.clock.pending;
    const exp = scene.clock.wallTime / 1000 + 60;
    const token = tokenOf({ sub: "alice", channel: "news", exp });
    const { subscribe } = recovering(1, epoch);
    const query = late === "recover" ? subscribe : { channel: "news" };
    client.send({ id: 2, subscribe: { ...query, token } });
    await scene.settle();
    client.connection.ended();
    await open();
    assertEquals(scene.hub.channels.size, 0);
    assertEquals((await scene.hub.presence.stats("news")).clients, 0);
    scene.clock.advance(0);
    assertEquals(scene.clock.pending, timers);
  });
}

Deno.test("When the broker is away a subscription fails for now, and leaves nothing behind", async () => {
  for (const call of ["subscribe", "position"] as const) {
    const broker = memoryBroker();
    const scene = new Scene({ broker });
    const client = await SdkClient.connect(scene);
    const known = broker[call];
    Object.assign(broker, { [call]: () => Promise.reject(new Error("away")) });
    const [reply] = await client.ask(SUBSCRIBE);
    assertObjectMatch(reply!, { error: { code: 100, temporary: true } });
    assertEquals(scene.hub.channels.has("news"), false);
    Object.assign(broker, { [call]: known });
    const [again] = await client.ask({ ...SUBSCRIBE, id: 3 });
    assertEquals([again?.id, again?.error], [3, undefined]);
  }
});

Deno.test("The server's own subscriptions are in the connect reply, before their first publication", async () => {
  const broker = memoryBroker();
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ broker, tokens: fakeTokens });
  const { position } = broker;
  broker.position = async (channel) => {
    const answer = await position(channel);
    await gate.promise;
    return answer;
  };
  const client = new SdkClient(scene);
  const token = tokenOf({ sub: "alice", channels: ["news"] });
  client.send({ id: 1, connect: { token } });
  await scene.settle();
  scene.hub.publish("news", "1");
  assertEquals(client.take(), []);
  gate.resolve();
  await scene.settle();
  const [reply, ...pushes] = client.take();
  assertEquals(reply?.id, 1);
  assertEquals(dataOf(pushes), ["1"]);
});

Deno.test("A publication without an offset comes after the reply, also while the history is read", async () => {
  const { scene, client, epoch, open } = await setUp("recover");
  const { id, subscribe } = recovering(1, epoch);
  client.send({ id, subscribe: { ...subscribe, join_leave: true } });
  await scene.settle();
  scene.hub.publish("news", "2");
  scene.hub.publish("news", "brief", { skipHistory: true });
  const other = await SdkClient.connect(scene);
  other.send({ id: 2, subscribe: { channel: "news" } });
  await scene.settle();
  await open();
  const [reply, ...pushes] = client.take();
  assertEquals(dataOf([reply!]), ["2"]);
  assertEquals(dataOf(pushes), ["brief"]);
  const joins = pushes.filter(({ push }) =>
    JSON.stringify(push).includes(
      `"join":{"info":{"user":"","client":"${other.connection.id}"`,
    )
  );
  assertEquals(joins.length, 1);
});

Deno.test("What is held back until a subscription stands is bounded by its bytes", async () => {
  const broker = memoryBroker();
  const scene = new Scene({ broker, limits: { maxBacklogBytes: 100_000 } });
  const client = await SdkClient.connect(scene);
  const gate = Promise.withResolvers<never>();
  broker.position = () => gate.promise;
  client.send({ id: 2, subscribe: { channel: "news", positioned: true } });
  await scene.settle();
  const sizeOf = () => scene.hub.channels.get("news")?.size ?? 0;
  const data = JSON.stringify("x".repeat(10_000));
  const publish = () => scene.hub.publish("news", { json: data });
  for (let count = 0; count < 9; count++) await publish();
  scene.hub.channels.get("news")?.flush();
  assertEquals(sizeOf(), 1);
  await publish();
  scene.hub.channels.get("news")?.flush();
  assertEquals(sizeOf(), 0);
});

Deno.test("A channel that the broker refused once is asked for again by the next subscriber, while a trace holds it open", async () => {
  const broker = memoryBroker();
  const subscribe = broker.subscribe.bind(broker);
  broker.subscribe = () => Promise.reject(new Error("away"));
  const scene = new Scene({ broker });
  const stop = scene.hub.subscriptions.observe("news", () => {});
  const { connection, transport } = scene.connect("alice");
  connection.receive("+#news");
  await scene.settle();
  assertEquals(transport.take().map((frame) => `${frame}`.slice(0, 9)), [
    "error:100",
  ]);
  broker.subscribe = subscribe;
  connection.receive("+#news");
  await scene.settle();
  assertEquals(transport.take(), ["+#news"]);
  stop();
});
