/** A subscription can be ended while it is still being made, and another may take its place. */

import { assertEquals, assertObjectMatch } from "@std/assert";
import type { TokenVerifier } from "../../../lib/auth/token_verifier.ts";
import { unsubscribes } from "../../../lib/base/disconnect.ts";
import { MemoryPresence } from "../../../lib/presence/memory.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { fakeTokens, tokenOf } from "../../support/fake_tokens.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";
import { type Message, SdkClient } from "../../support/sdk_client.ts";

const SUBSCRIBE = { id: 2, subscribe: { channel: "news" } };
const ENDED = { push: { channel: "news", unsubscribe: unsubscribes.server } };

/** Verifies the tokens of subscriptions once the gate is open. */
function lateTokens(gate: Promise<void>): TokenVerifier {
  return {
    connection: (token) => fakeTokens.connection(token),
    subscription: async (token) => {
      await gate;
      return await fakeTokens.subscription(token);
    },
  };
}

function end(scene: Scene, { connection }: SdkClient): void {
  scene.hub.subscriptions.end(connection, "news", unsubscribes.server);
}

Deno.test("A client that is unsubscribed while the program decides is notified, and is not subscribed", async () => {
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ onSubscribe: () => gate.promise });
  const client = await SdkClient.connect(scene);
  await client.ask(SUBSCRIBE);
  end(scene, client);
  assertEquals(client.take(), [ENDED]);
  gate.resolve();
  await scene.settle();
  const [reply, ...more] = client.take();
  assertObjectMatch(reply!, { id: 2, error: { code: 103 } });
  assertEquals(more, []);
  assertEquals(scene.hub.channels.has("news"), false);
  assertEquals((await scene.hub.presence.stats("news")).clients, 0);
  end(scene, client);
  assertEquals(client.take(), []);
});

Deno.test("A client that is unsubscribed while its token is verified is notified, and the program is not asked", async () => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const scene = new Scene({
    tokens: lateTokens(gate.promise),
    onSubscribe: () => void asked++,
  });
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const token = tokenOf({ sub: "alice", channel: "news" });
  await client.ask({ id: 2, subscribe: { channel: "news", token } });
  end(scene, client);
  end(scene, client);
  gate.resolve();
  await scene.settle();
  const [push, reply] = client.take();
  assertEquals(push, ENDED);
  assertObjectMatch(reply!, { id: 2, error: { code: 103 } });
  assertEquals(asked, 0);
});

Deno.test("The program is not asked about the subscription of a client that has gone meanwhile", async () => {
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const scene = new Scene({
    tokens: lateTokens(gate.promise),
    onSubscribe: () => void order.push("onSubscribe"),
    onDisconnect: () => void order.push("onDisconnect"),
  });
  const client = await SdkClient.connect(scene, { claims: { sub: "alice" } });
  const token = tokenOf({ sub: "alice", channel: "news" });
  await client.ask({ id: 2, subscribe: { channel: "news", token } });
  client.connection.ended();
  gate.resolve();
  await scene.settle();
  assertEquals(order, ["onDisconnect"]);
  assertEquals(scene.hub.channels.size, 0);
});

Deno.test("The program is not asked about the publication of a client that has gone meanwhile", async () => {
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const scene = new Scene({
    onRpc: () => gate.promise,
    onPublish: () => void order.push("onPublish"),
  });
  const client = await SdkClient.connect(scene);
  await client.ask(
    { id: 2, rpc: {} },
    { id: 3, publish: { channel: "news", data: 1 } },
  );
  client.connection.ended();
  gate.resolve();
  await scene.settle();
  assertEquals(order, []);
});

Deno.test("What waits for the broker to bring the channel is called off, too", async () => {
  const broker = memoryBroker();
  const gate = Promise.withResolvers<void>();
  const { subscribe } = broker;
  broker.subscribe = async (channel) => {
    await subscribe(channel);
    await gate.promise;
  };
  const scene = new Scene({ broker });
  gate.promise.catch(() => {});
  const { connection, transport } = scene.connect("alice");
  gate.resolve();
  await scene.settle();
  const later = Promise.withResolvers<void>();
  broker.subscribe = async () => await later.promise;
  connection.receive("+#news");
  await scene.settle();
  scene.hub.subscriptions.end(connection, "news", unsubscribes.server);
  later.resolve();
  await scene.settle();
  assertEquals(transport.take(), [
    "-#news",
    "error:103 the subscription was ended meanwhile",
  ]);
  assertEquals(scene.hub.channels.has("news"), false);
});

Deno.test("More than four thousand publications while presence is written are error 100 for now, and leave nothing", async () => {
  const clock = new FakeClock();
  const memory = new MemoryPresence({ clock, ttlMs: 30_000 });
  const gate = Promise.withResolvers<void>();
  const add = memory.add.bind(memory);
  memory.add = async (channel, info) => {
    await gate.promise;
    await add(channel, info);
  };
  const scene = new Scene({ presence: memory });
  const client = await SdkClient.connect(scene);
  await client.ask(SUBSCRIBE);
  for (let index = 0; index < 4_200; index++) scene.hub.publish("news", "x");
  scene.clock.advance(0);
  assertEquals(client.connection.channels.size, 0);
  assertEquals(scene.hub.channels.has("news"), false);
  gate.resolve();
  await scene.settle();
  const [reply, ...more] = client.take();
  assertObjectMatch(reply!, { id: 2, error: { code: 100, temporary: true } });
  assertEquals(more, []);
  assertEquals((await memory.stats("news")).clients, 0);
  // No lease is renewed for who is not there.
  scene.clock.advance(60_000);
  await scene.settle();
  assertEquals((await memory.stats("news")).clients, 0);
  const other = await SdkClient.connect(scene);
  const [again] = await other.ask({ ...SUBSCRIBE, id: 3 });
  assertEquals([again?.id, again?.error], [3, undefined]);
});

Deno.test("A subscription that fails late does not take along the one that was made meanwhile", async () => {
  const broker = memoryBroker();
  const { position } = broker;
  const gate = Promise.withResolvers<never>();
  gate.promise.catch(() => {});
  broker.position = () => gate.promise;
  const scene = new Scene({ broker });
  const client = await SdkClient.connect(scene);
  const other = await SdkClient.connect(scene);
  await client.ask(SUBSCRIBE);
  await other.ask(SUBSCRIBE);
  end(scene, client);
  broker.position = position;
  const { connection } = client;
  const joined = await scene.subscribe(connection, "news");
  gate.reject(new Error("away"));
  await scene.settle();
  const [push, reply] = client.take();
  assertEquals(push, ENDED);
  assertObjectMatch(reply!, { id: 2, error: { code: 100 } });
  assertEquals(
    scene.hub.subscriptions.find(connection, "news"),
    joined,
  );
  assertEquals([...connection.channels], ["news"]);
});

Deno.test("A subscription that was replaced while it waited says so, and leaves the other", async () => {
  const broker = memoryBroker();
  const { position } = broker;
  const gate = Promise.withResolvers<void>();
  broker.position = async (channel) => {
    await gate.promise;
    return await position(channel);
  };
  const scene = new Scene({ broker });
  const [client, other] = [
    await SdkClient.connect(scene),
    await SdkClient.connect(scene),
  ];
  await client.ask(SUBSCRIBE);
  await other.ask(SUBSCRIBE);
  end(scene, client);
  broker.position = position;
  const { connection } = client;
  const joined = await scene.subscribe(connection, "news");
  gate.resolve();
  await scene.settle();
  const replies: Message[] = client.take().filter(({ id }) => id === 2);
  assertObjectMatch(replies[0]!, { error: { code: 103 } });
  assertEquals(
    scene.hub.subscriptions.find(connection, "news"),
    joined,
  );
});

Deno.test("To end one subscription does not end another that is pending", async () => {
  const gate = Promise.withResolvers<void>();
  const scene = new Scene({ onSubscribe: () => gate.promise });
  const client = await SdkClient.connect(scene);
  await client.ask(SUBSCRIBE);
  const { connection } = client;
  scene.hub.subscriptions.end(connection, "other", unsubscribes.server);
  gate.resolve();
  await scene.settle();
  const replies = client.take();
  assertEquals([replies.length, replies[0]?.error], [1, undefined]);
  assertEquals([...connection.channels], ["news"]);
});

Deno.test("A client is not notified of the end of a subscription that it does not know", async () => {
  const broker = memoryBroker();
  const { position } = broker;
  const gate = Promise.withResolvers<void>();
  broker.position = async (channel) => {
    await gate.promise;
    return await position(channel);
  };
  const scene = new Scene({ broker });
  const client = await SdkClient.connect(scene);
  const { connection } = client;
  const options = { serverSide: true, positioned: true };
  const joined = scene.subscribe(connection, "news", options);
  await scene.settle();
  end(scene, client);
  gate.resolve();
  assertEquals(await joined, undefined);
  assertEquals(client.take(), []);
});

Deno.test("A presence that fails late does not take along the subscription that was made meanwhile", async () => {
  const clock = new FakeClock();
  const presence = new MemoryPresence({ clock, ttlMs: 30_000 });
  const gate = Promise.withResolvers<void>();
  presence.add = () => gate.promise;
  const scene = new Scene({ presence });
  const client = await SdkClient.connect(scene);
  const { connection } = client;
  await client.ask(SUBSCRIBE);
  end(scene, client);
  const joined = await scene.subscribe(connection, "news");
  gate.reject(new Error("away"));
  await scene.settle();
  assertEquals(
    scene.hub.subscriptions.find(connection, "news"),
    joined,
  );
});
