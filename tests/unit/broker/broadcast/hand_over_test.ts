/** What happens to calls, subscriptions and leases when the lock passes on. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { IDEMPOTENCY_MS } from "../../../../lib/broker/types.ts";
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

Deno.test("A publication that was not posted when the sequencer ended is published by the next", async () => {
  const { world, nodes } = await startThree();
  const [first, second, third] = nodes;
  const published = [second, third].map((node) => node!.broker.publish(ROOM));
  first!.isolate.end();
  const results = await world.wait(Promise.all(published));
  assertEquals(results.map(({ offset }) => offset), [1, 2]);
  await world.turns();
  assertEquals(second!.delivered.map(({ offset }) => offset), [1, 1, 2]);
  const types = second!.events.map(({ type }) => type);
  assertEquals(types, ["delivered", "check", "delivered", "delivered"]);
  // The next sequencer did not know yet that it was subscribed: so it is told to check.
  assertEquals(third!.delivered.map(({ offset }) => offset), [1, 2]);
  assertEquals(third!.checks, 1);
});

Deno.test("Questions to the order are asked again, questions to nodes are rejected", async () => {
  const { world, nodes } = await startThree();
  const [first, , third] = nodes;
  const { broker } = third!;
  const repeated = [
    broker.position("room"),
    broker.history("room", { limit: -1 }),
    broker.subscribe("other"),
    broker.unsubscribe("none"),
    broker.removeHistory("room"),
    broker.presence.stats("room"),
  ];
  const call = broker.call(undefined, "?");
  const rejected = assertRejects(() => call, Error, "Cannot ask all nodes");
  world.clock.advance(0);
  first!.isolate.end();
  await world.wait(Promise.all(repeated));
  await rejected;
  assert(
    (await world.wait(broker.publish({ ...ROOM, channel: "other" }))).delivered,
  );
});

Deno.test("What a node has published with a key is not published again by the next sequencer", async () => {
  for (const publisher of [1, 2]) {
    const { world, nodes } = await startThree();
    const draft = { ...ROOM, idempotencyKey: "k" };
    const { broker } = nodes[publisher]!;
    const before = await world.wait(broker.publish(draft));
    world.clock.advance(IDEMPOTENCY_MS / 2);
    nodes[0]!.isolate.end();
    await world.pass(100);
    for (const { broker } of nodes.slice(1)) {
      assertEquals(await world.wait(broker.publish(draft)), before);
    }
    world.clock.advance(IDEMPOTENCY_MS / 2);
    const { epoch } = await world.wait(broker.publish(draft));
    assert(epoch !== before.epoch);
    for (const { delivered } of nodes.slice(1)) {
      // Beside the one that all nodes begin with.
      assertEquals(delivered.map(({ offset }) => offset), [1, 2, 1]);
    }
  }
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
