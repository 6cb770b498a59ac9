/** What happens to calls, subscriptions and leases when the lock passes on. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Published } from "../../../../lib/broker/types.ts";
import { World, type WorldNode } from "../../../support/isolate_world.ts";

const KEEP = { size: 10, ttlMs: 60_000 };
const ROOM = { channel: "room", payload: "x", history: KEEP };

/** Three nodes that are all subscribed; the first is the sequencer. */
async function startThree(): Promise<{ world: World; nodes: WorldNode[] }> {
  const world = new World();
  const nodes = await world.startAll(3);
  for (const { broker } of nodes) await world.wait(broker.subscribe("room"));
  await world.wait(nodes[2]!.broker.publish(ROOM));
  await world.turns();
  return { world, nodes };
}

Deno.test("When the sequencer ends, the others go on in a new epoch and check their positions once", async () => {
  const { world, nodes } = await startThree();
  const [first, ...rest] = nodes;
  const before = first!.delivered[0]!.epoch;
  first!.isolate.end();
  await world.turns();
  for (const node of rest) {
    assert(node.broker.ready);
    assertEquals(node.checks, 1);
    const position = await world.wait(node.broker.position("room"));
    assertEquals(position.offset, 0);
    assert(position.epoch !== before);
  }
  const { offset, delivered } = await world.wait(rest[1]!.broker.publish(ROOM));
  assertEquals(offset, 1);
  assert(delivered);
  await world.turns();
  for (const node of rest) assertEquals(node.delivered.length, 2);
});

Deno.test("When the sequencer closes, the others get its last words and go on", async () => {
  const { world, nodes } = await startThree();
  nodes[0]!.broker.publish({ ...ROOM, payload: "last words" });
  await world.wait(nodes[0]!.broker.close());
  await world.turns();
  const { delivered } = await world.wait(nodes[2]!.broker.publish(ROOM));
  assert(delivered);
  await world.turns();
  assertEquals(nodes.map(({ checks }) => checks), [0, 1, 1]);
  for (const { delivered } of nodes.slice(1)) {
    assertEquals(delivered.map(({ payload }) => payload), [
      "x",
      "last words",
      "x",
    ]);
  }
});

Deno.test("A sequencer that closes carries nothing out any more, and what was not posted waits for the next", async () => {
  const { world, nodes } = await startThree();
  const [first, second, third] = nodes;
  const rejected = assertRejects(async () =>
    await third!.broker.publish({ ...ROOM, payload: "posted" })
  );
  world.clock.advance(0);
  const closed = first!.broker.close();
  // Its last word has arrived, and its lock is not free yet.
  await world.turns(0);
  world.net.deliverAll();
  const published = third!.broker.publish({ ...ROOM, payload: "waiting" });
  await world.wait(closed);
  await world.wait(rejected);
  assertEquals((await world.wait(published)).offset, 1);
  await world.turns();
  assertEquals(first!.delivered.map(({ payload }) => payload), ["x"]);
  assertEquals(second!.delivered.map(({ payload }) => payload), [
    "x",
    "waiting",
  ]);
});

Deno.test("A publication on its way to a sequencer that ends is rejected and not published again", async () => {
  const { world, nodes } = await startThree();
  const [first, second, third] = nodes;
  const published = third!.broker.publish({ ...ROOM, payload: "y" });
  const rejected = assertRejects(
    async () => await published,
    Error,
    'Cannot publish to "room": its sequencer has ended before it answered',
  );
  // It is posted, and whether it has arrived nobody knows.
  world.clock.advance(0);
  first!.isolate.end();
  await world.turns();
  await rejected;
  assertEquals(second!.delivered.map(({ payload }) => payload), ["x"]);
});

Deno.test("A publication that is made while there is no sequencer is published by the next", async () => {
  const { world, nodes } = await startThree();
  const [first, second, third] = nodes;
  const published = [second, third].map((node) => {
    // Its end is noticed, and there is no other one yet.
    const { promise, resolve } = Promise.withResolvers<Published>();
    assertRejects(async () => await node!.broker.position("room")).then(() =>
      resolve(node!.broker.publish(ROOM))
    );
    return promise;
  });
  first!.isolate.end();
  const results = await world.wait(Promise.all(published));
  assertEquals(results.map(({ offset }) => offset).toSorted(), [1, 2]);
  await world.turns();
  assertEquals(second!.delivered.map(({ offset }) => offset), [1, 1, 2]);
  const types = second!.events.map(({ type }) => type);
  assertEquals(types, ["delivered", "check", "delivered", "delivered"]);
  // It had not joined yet when the first one was published: so it has to check.
  assertEquals(third!.delivered.map(({ offset }) => offset), [1, 2]);
  assertEquals(third!.checks, 1);
});

Deno.test("Calls without an answer are rejected when the sequencer ends, and what changes the holdings takes effect", async () => {
  const { world, nodes } = await startThree();
  const [first, , third] = nodes;
  const { broker } = third!;
  const rejected = [
    broker.position("room"),
    broker.history("room", { limit: -1 }),
    broker.subscribe("other"),
    broker.unsubscribe("room"),
    broker.removeHistory("room"),
    broker.presence.stats("room"),
    broker.call(undefined, "?"),
  ].map((call) =>
    assertRejects(async () => await call, Error, "has ended before it answered")
  );
  world.clock.advance(0);
  first!.isolate.end();
  await world.wait(Promise.all(rejected));
  await world.pass(1_000);
  const publish = (channel: string) =>
    world.wait(nodes[1]!.broker.publish({ ...ROOM, channel }));
  assert((await publish("other")).delivered);
  await nodes[1]!.broker.unsubscribe("room");
  assertEquals((await publish("room")).delivered, false);
});

Deno.test("The next sequencer knows who is where", async () => {
  const { world, nodes } = await startThree();
  const infos = nodes.map((_, index) => ({ client: `c${index}`, user: "u" }));
  for (const [index, { broker }] of nodes.entries()) {
    await world.wait(broker.presence.add("room", infos[index]!));
    await world.wait(broker.presence.add("left", infos[index]!));
    await world.wait(broker.presence.remove("left", infos[index]!.client));
  }
  nodes[0]!.isolate.end();
  await world.turns();
  for (const { broker } of nodes.slice(1)) {
    const present = await world.wait(broker.presence.get("room"));
    assertEquals([...present.keys()].toSorted(), ["c1", "c2"]);
    assertEquals((await world.wait(broker.presence.get("left"))).size, 0);
  }
});

Deno.test("A node that ended hears nothing, and its subscriptions are forgotten", async () => {
  const { world, nodes } = await startThree();
  const [first, second, third] = nodes;
  await world.wait(third!.broker.subscribe("its own"));
  third!.isolate.end();
  await world.turns();
  const draft = { channel: "its own", payload: "x" };
  const { delivered } = await world.wait(second!.broker.publish(draft));
  assertEquals(delivered, false);
  assertEquals(
    await world.wait(first!.broker.call(third!.broker.node, "?")),
    [],
  );
  assertEquals([first!.checks, second!.checks], [0, 0]);
});

Deno.test("Whoever is asked and ends is left out", async () => {
  const { world, nodes } = await startThree();
  const [first, , third] = nodes;
  third!.onQuestion = () => new Promise(() => {});
  const answers = first!.broker.call(undefined, "?");
  await world.turns();
  third!.isolate.end();
  await world.turns();
  // Without waiting for its time to run out.
  const late = Promise.resolve("too late");
  assertEquals(await Promise.race([answers, late]), ["?", "?"]);
});

Deno.test("A welcome that is lost is said again", async () => {
  const { world, nodes } = await startThree();
  world.net.lose = () => true;
  nodes[0]!.isolate.end();
  await world.pass(1_000);
  const ready = nodes.slice(1).filter(({ broker }) => broker.ready);
  assertEquals(ready.length, 1);
  world.net.lose = () => false;
  await world.pass(1_000);
  for (const { broker } of nodes.slice(1)) {
    assert(broker.ready);
    assert((await world.wait(broker.publish(ROOM))).delivered);
  }
});

Deno.test("Sequencers may end one after the other, down to the last isolate", async () => {
  const world = new World();
  const nodes = await world.startAll(5);
  for (const { broker } of nodes) await world.wait(broker.subscribe("room"));
  const living = new Set(nodes);
  while (living.size > 1) {
    const leader = nodes.find(({ isolate }) =>
      world.locks.holderOf("thrum-sequencer") === isolate.id
    );
    leader!.isolate.end();
    living.delete(leader!);
    await world.turns();
    for (const { broker } of living) {
      assert((await world.wait(broker.publish(ROOM))).delivered);
    }
  }
  const [last] = living;
  assertEquals(last!.checks, 4);
  assert(!(last!.broker.publish(ROOM) instanceof Promise));
});
