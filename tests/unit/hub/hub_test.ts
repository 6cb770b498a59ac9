import {
  assert,
  assertEquals,
  assertGreater,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { ProtocolError } from "../../../lib/base/errors.ts";
import { DEFAULT_LIMITS } from "../../../lib/limits/hub_limits.ts";
import { memoryBroker } from "../../support/memory_broker.ts";
import { Scene } from "../../support/scene.ts";

/** A memory broker that records its calls, and delays subscribers on request. */
function watchedBroker(gate: Promise<void> = Promise.resolve()) {
  const broker = memoryBroker();
  const { subscribe, unsubscribe } = broker;
  const asked: string[] = [];
  broker.subscribe = async (channel) => {
    asked.push(`+${channel}`);
    await subscribe(channel);
    if (!channel.startsWith("\0")) await gate;
  };
  broker.unsubscribe = (channel) => {
    asked.push(`-${channel}`);
    return unsubscribe(channel);
  };
  return { broker, asked };
}

Deno.test("A message to a uid reaches every connection of that uid and no other", async () => {
  const scene = new Scene();
  const [phone, laptop] = [scene.connect("bob"), scene.connect("bob")];
  const other = scene.connect("alice");
  const { delivered } = await scene.hub.sendTo("bob", "hi");
  assert(delivered);
  assertEquals(phone.transport.sent, ["hi"]);
  assertEquals(laptop.transport.sent, ["hi"]);
  assertEquals(other.transport.sent, []);
});

Deno.test("A broadcast reaches every authenticated connection, with and without a uid", async () => {
  const scene = new Scene();
  const named = scene.connect("alice");
  const nameless = scene.connect();
  const stranger = scene.connect(null);
  await scene.hub.broadcast("news");
  assertEquals(named.transport.sent, ["news"]);
  assertEquals(nameless.transport.sent, ["news"]);
  assertEquals(stranger.transport.sent, []);
});

Deno.test("A publication reaches the channel's subscribers until they leave", async () => {
  const scene = new Scene();
  const { hub } = scene;
  const [a, b] = [scene.connect("a"), scene.connect("b")];
  await scene.join(a, "room");
  await scene.join(b, "room");
  await hub.publish("room", "one");
  hub.subscriptions.end(b.connection, "room");
  hub.subscriptions.end(b.connection, "room");
  await hub.publish("room", "two");
  assertEquals(a.transport.sent, ["#room:one", "#room:two"]);
  assertEquals(b.transport.sent, ["#room:one"]);
});

Deno.test("A connection that has ended is in no registry", async () => {
  const { broker, asked } = watchedBroker();
  const scene = new Scene({ broker });
  const { connection } = scene.connect("alice");
  await scene.subscribe(connection, "room");
  connection.disconnect(disconnects.shutdown);
  assertEquals(scene.hub.size, 0);
  assertEquals([...scene.hub.connections], []);
  assertEquals(connection.channels.size, 0);
  assertEquals(asked.splice(0), [
    "+\0",
    "+\0alice",
    "+room",
    "-room",
    "-\0",
    "-\0alice",
  ]);
  for (const publish of ["sendTo", "publish"] as const) {
    assertEquals((await scene.hub[publish]("alice", "x")).delivered, false);
  }
});

Deno.test("The broker is subscribed once per channel, and unsubscribed when the last subscriber has left", async () => {
  const { broker, asked } = watchedBroker();
  const scene = new Scene({ broker });
  const [a, b] = [scene.connect("a"), scene.connect("b")];
  asked.length = 0;
  await scene.subscribe(a.connection, "room");
  await scene.subscribe(b.connection, "room");
  a.connection.ended();
  assertEquals(asked.filter((name) => !name.includes("\0")), ["+room"]);
  b.connection.ended();
  assertEquals(asked.filter((name) => !name.includes("\0")), [
    "+room",
    "-room",
  ]);
});

Deno.test("A connection that ends while the broker subscribes leaves nothing behind", async () => {
  const gate = Promise.withResolvers<void>();
  const { broker, asked } = watchedBroker(gate.promise);
  const scene = new Scene({ broker });
  const { connection } = scene.connect();
  const subscribed = scene.subscribe(connection, "room");
  connection.ended();
  gate.resolve();
  await subscribed;
  assertEquals(asked.at(-1), "-room");
  assertEquals((await scene.hub.publish("room", "x")).delivered, false);
});

Deno.test("A channel stays open for a client that still waits when another leaves", async () => {
  const gate = Promise.withResolvers<void>();
  const { broker, asked } = watchedBroker(gate.promise);
  const scene = new Scene({ broker });
  const [a, b] = [scene.connect(), scene.connect()];
  const first = scene.join(a, "room");
  const second = scene.join(b, "room");
  a.connection.ended();
  gate.resolve();
  await Promise.all([first, second]);
  await scene.hub.publish("room", "x");
  assertEquals(b.transport.sent, ["#room:x"]);
  assertEquals(asked.includes("-room"), false);
});

Deno.test("A connection may have as many channels as the limit, and no more", async () => {
  const scene = new Scene({ limits: { maxChannels: 2 } });
  const { connection } = scene.connect("alice");
  await scene.subscribe(connection, "a");
  await scene.subscribe(connection, "b");
  await assertRejects(
    () => scene.subscribe(connection, "b"),
    ProtocolError,
    "already subscribed",
  );
  const error = await assertRejects(
    () => scene.subscribe(connection, "c"),
    ProtocolError,
    'cannot subscribe to "c": the connection already has 2 channels',
  );
  assertEquals(error.code, 106);
  scene.hub.subscriptions.end(connection, "a");
  await scene.subscribe(connection, "c");
});

Deno.test("Names that mean something to JavaScript are plain names", async () => {
  const scene = new Scene();
  for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
    const client = scene.connect(name);
    const { transport } = client;
    await scene.join(client, name);
    await scene.hub.sendTo(name, "direct");
    await scene.hub.publish(name, "published");
    assertEquals(transport.sent, ["direct", `#${name}:published`]);
  }
});

Deno.test("A hub that was closed leaves no timer behind", async () => {
  const scene = new Scene();
  assertGreater(scene.clock.pending, 0);
  await scene.hub.close();
  assertEquals(scene.clock.pending, 0);
});

Deno.test("Ten thousand channel names leave nothing behind", async () => {
  const { broker, asked } = watchedBroker();
  const scene = new Scene({ broker });
  const { connection } = scene.connect();
  asked.length = 0;
  for (let index = 0; index < 10_000; index++) {
    await scene.subscribe(connection, `room${index}`);
    scene.hub.subscriptions.end(connection, `room${index}`);
  }
  assertEquals(asked.length, 20_000);
  assertEquals(connection.channels.size, 0);
});

Deno.test("A connection that has ended is watched no more, and its session leads nowhere", () => {
  const scene = new Scene();
  const { connection } = scene.connect("alice");
  scene.hub.openSession(connection);
  const session = connection.session!;
  assertNotEquals(connection.slot, undefined);
  assertStrictEquals(scene.hub.findSession(session), connection);
  connection.ended();
  assertEquals(connection.slot, undefined);
  assertEquals(scene.hub.findSession(session), undefined);
});

Deno.test("A bound that is not given, or is undefined, is as by default", () => {
  const { hub } = new Scene({
    limits: { maxConnections: undefined, maxChannels: 3 },
  });
  const { maxConnections, maxChannels } = hub.limits;
  assertEquals([maxConnections, maxChannels], [16_000, 3]);
  assertEquals(Object.keys(hub.limits), Object.keys(DEFAULT_LIMITS));
});

Deno.test("Who says who it is after it has come in hears what is sent to all once", async () => {
  const scene = new Scene();
  const { connection, transport } = scene.connect();
  await scene.hub.authenticate(connection, { uid: "bob", expiresAt: Infinity });
  await scene.hub.broadcast("hi");
  await scene.hub.sendTo("bob", "you");
  assertEquals(transport.take(), ["hi", "you"]);
  connection.ended();
  assertEquals(scene.hub.channels.size, 0);
});
