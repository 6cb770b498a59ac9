import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeEntry } from "../../../../lib/broker/redis/codec.ts";
import { RedisBrokerScene } from "./fake.ts";

const TOPIC = "thrum:0:{room}";

/** A scene that is subscribed to the channel `room`. */
async function subscribed(): Promise<RedisBrokerScene> {
  const scene = await new RedisBrokerScene().start();
  await scene.broker.subscribe("room");
  return scene;
}

/** Lets publications arrive. */
function arrive(
  { server }: RedisBrokerScene,
  first: number,
  { count = 1, epoch = "e" } = {},
): void {
  const entries = encodeEntry({ payload: "x" }).repeat(count);
  server.connection.emit(TOPIC, `${epoch} ${first}\n${entries}`);
}

Deno.test("Publications that follow one another are no gap", async () => {
  const scene = await subscribed();
  arrive(scene, 5, { count: 3 });
  arrive(scene, 8);
  arrive(scene, 0, { epoch: "", count: 2 });
  arrive(scene, 9);
  const offsets = scene.delivered.map(({ offset }) => offset);
  assertEquals(offsets, [5, 6, 7, 8, 0, 0, 9]);
  assertEquals(scene.checked, []);
  assertEquals(scene.broker.relayCounters.gaps, 0);
  await scene.broker.close();
});

for (
  const [what, first, epoch] of [
    ["a hole", 7, "e"],
    ["a step back", 5, "e"],
    ["another epoch", 6, "f"],
  ] as const
) {
  Deno.test(`After ${what} the channel's positions are compared, and no others, and the publication is delivered`, async () => {
    const scene = await subscribed();
    arrive(scene, 5);
    arrive(scene, first, { epoch });
    assertEquals(scene.checked, ["room"]);
    assertEquals(scene.delivered.length, 2);
    assertEquals(scene.broker.relayCounters.gaps, 1);
    await scene.broker.close();
  });
}

Deno.test("A message that cannot be read is reported, and is a gap when the next one comes", async () => {
  const scene = await subscribed();
  arrive(scene, 5);
  scene.server.connection.emit(TOPIC, "e 6\nodd");
  assertEquals(scene.errors.map(([stage]) => stage), ["message"]);
  arrive(scene, 7);
  assertEquals(scene.checked, ["room"]);
  await scene.broker.close();
});

Deno.test("A node that fails over one publication gets the next", async () => {
  const scene = await subscribed();
  const { deliver } = scene;
  scene.deliver = (publication) => {
    if (publication.offset === 5) throw new Error("failed");
    return deliver.call(scene, publication);
  };
  arrive(scene, 5, { count: 2 });
  assertEquals(scene.delivered.map(({ offset }) => offset), [6]);
  assertEquals(scene.errors, [["delivery", "failed"]]);
  await scene.broker.close();
});

Deno.test("Subscriptions are renewed with each connection, and then positions are compared", async () => {
  const scene = await subscribed();
  await scene.broker.subscribe("other");
  await scene.broker.subscribe("left");
  scene.server.connection.fail();
  await scene.broker.unsubscribe("left");
  assertEquals(scene.checked, []);
  await scene.pass(100);
  assert(scene.broker.ready);
  assertEquals(scene.checked, [undefined]);
  const topics = [...scene.server.connection.topics];
  assertEquals(topics.filter((topic) => topic.includes("{")), [
    TOPIC,
    "thrum:0:{other}",
  ]);
  arrive(scene, 5);
  assertEquals(scene.delivered.length, 1);
  await scene.broker.close();
});

Deno.test("A first connection compares nothing", async () => {
  const scene = await new RedisBrokerScene().start();
  assertEquals(scene.checked, []);
  await scene.broker.close();
});

Deno.test("A channel that is wanted while Redis is away is rejected, and subscribed when it is back", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.up = false;
  scene.server.connection.fail();
  await assertRejects(() => scene.broker.subscribe("room"), Error, "away");
  await assertRejects(() => scene.broker.subscribe("room"), Error, "away");
  scene.server.up = true;
  await scene.pass(2_000);
  await scene.broker.subscribe("room");
  arrive(scene, 1);
  assertEquals(scene.delivered.length, 1);
  await scene.broker.close();
});

Deno.test("A channel that was active before the loss is not active after it", async () => {
  const scene = await subscribed();
  scene.server.up = false;
  scene.server.connection.fail();
  await assertRejects(() => scene.broker.subscribe("room"), Error, "away");
  await scene.broker.close();
});

Deno.test("Nothing of a channel is delivered once it is unsubscribed", async () => {
  const scene = await subscribed();
  const left = scene.broker.unsubscribe("room");
  scene.server.connection.topics.add(TOPIC);
  arrive(scene, 1);
  await left;
  assertEquals(scene.delivered, []);
  await scene.broker.close();
});

Deno.test("A question that waits for its answers rejects when Redis is lost", async () => {
  const scene = await new RedisBrokerScene().start();
  scene.server.answer = ([verb]) => verb === "PUBLISH" ? 3 : undefined;
  const asked = assertRejects(
    () => scene.broker.call(undefined, "?"),
    Error,
    "lost",
  );
  await scene.settle();
  scene.server.connection.fail();
  await asked;
  await scene.broker.close();
});

Deno.test("A question is answered as soon as every node that hears it has answered", async () => {
  const scene = await new RedisBrokerScene().start();
  const { connection } = scene.server;
  const asked: string[] = [];
  scene.server.answer = ([verb, , note = ""]) => {
    if (verb !== "PUBLISH") return undefined;
    asked.push(note);
    // This node is one of those that hear a question to all.
    return 3;
  };
  const answers = scene.broker.call(undefined, "?");
  await scene.settle();
  const { id } = JSON.parse(asked[0] ?? "");
  for (const answer of ["a", "b"]) {
    const note = JSON.stringify({ type: "answer", id, answer });
    connection.emit(`thrum:0:node:${scene.broker.node}`, note);
  }
  assertEquals(await answers, ["?", "a", "b"]);
  await scene.broker.close();
  assertEquals(scene.clock.pending, 0);
});

Deno.test("While Redis is away a node still answers itself, and no other node", async () => {
  const scene = new RedisBrokerScene();
  scene.server.up = false;
  await scene.start();
  const { broker } = scene;
  assertEquals(await broker.call(broker.node, "?"), ["?"]);
  await assertRejects(() => broker.call(undefined, "?"), Error, "away");
  await assertRejects(() => broker.call("other", "?"), Error, "away");
  await broker.close();
});

Deno.test("A message that no node can have sent is reported, and changes nothing", async () => {
  const scene = await new RedisBrokerScene().start();
  const { connection } = scene.server;
  for (const note of ["", "1", "{}", '{"id":"1","type":"other"}']) {
    connection.emit("thrum:0:nodes", note);
  }
  assertEquals(scene.errors.map(([stage]) => stage), [
    ...["message", "message", "message", "message"],
  ]);
  connection.emit("thrum:0:nodes", '{"id":"1","type":"answer"}');
  assert(scene.broker.ready);
  await scene.broker.close();
});
