/** Two processes whose channels reach each other, and whose locks do not. */

import { assert, assertEquals } from "@std/assert";
import { encode, toPublish } from "../../../../lib/broker/isolates/codec.ts";
import {
  LIFE_PERIOD_MS,
  MAX_PEERS,
  Relay,
} from "../../../../lib/broker/isolates/relay.ts";
import { FakeLocks } from "../../../support/fake_locks.ts";
import { World, type WorldNode } from "../../../support/isolate_world.ts";

const ROOM = { channel: "room", history: { size: 10, ttlMs: 60_000 } };

/** Two processes of two nodes each; all nodes are subscribed. */
async function startTwo(): Promise<{
  world: World;
  here: WorldNode[];
  there: WorldNode[];
}> {
  const world = new World();
  const processes = [];
  for (const locks of [new FakeLocks(), new FakeLocks()]) {
    const nodes = [];
    for (let count = 0; count < 2; count++) {
      const node = await world.start({}, locks);
      await world.wait(node.broker.subscribe("room"));
      nodes.push(node);
    }
    processes.push(nodes);
  }
  const [here, there] = processes;
  return { world, here: here!, there: there! };
}

function payloadsOf({ delivered }: WorldNode): unknown[] {
  return delivered.map(({ payload }) => payload);
}

Deno.test("What one process publishes reaches the other once, in the order of its publisher", async () => {
  const { world, here, there } = await startTwo();
  for (const node of [...here, ...there]) {
    for (let count = 0; count < 3; count++) {
      const payload = `${node.broker.node} ${count}`;
      node.broker.publish({ ...ROOM, payload });
    }
  }
  await world.pass(1_000);
  const all = payloadsOf(here[0]!).toSorted();
  assertEquals(new Set(all).size, 12);
  for (const node of [...here, ...there]) {
    assertEquals(payloadsOf(node).toSorted(), all);
    for (const { broker } of [...here, ...there]) {
      const mine = payloadsOf(node).filter((payload) =>
        `${payload}`.startsWith(broker.node)
      );
      assertEquals(mine, [0, 1, 2].map((count) => `${broker.node} ${count}`));
    }
  }
});

Deno.test("Each process has an order and a history of its own", async () => {
  const { world, here, there } = await startTwo();
  here[0]!.broker.publish({ ...ROOM, payload: "a" });
  there[0]!.broker.publish({ ...ROOM, payload: "b" });
  await world.pass(100);
  const positions = [];
  for (const nodes of [here, there]) {
    const [first, second] = nodes;
    assertEquals(payloadsOf(first!), payloadsOf(second!));
    const position = await world.wait(second!.broker.position("room"));
    assertEquals(position.offset, 2);
    positions.push(position);
  }
  assert(positions[0]!.epoch !== positions[1]!.epoch);
  assertEquals(payloadsOf(here[0]!), ["a", "b"]);
  assertEquals(payloadsOf(there[0]!), ["b", "a"]);
});

Deno.test("What gets lost between processes is not repeated, and what comes twice is heard once", async () => {
  const { world, here, there } = await startTwo();
  world.net.lose = (name) => name.endsWith(":relay");
  here[1]!.broker.publish({ ...ROOM, payload: "lost" });
  await world.pass(1_000);
  world.net.lose = () => false;
  here[1]!.broker.publish({ ...ROOM, payload: "heard" });
  await world.pass(1_000);
  const relayed = world.net.posts.filter(({ name }) => name.endsWith(":relay"));
  const again = there[0]!.isolate.openChannel("thrum:relay", () => {});
  for (const { value } of relayed) again.postMessage(value);
  await world.pass(1_000);
  for (const node of here) assertEquals(payloadsOf(node), ["lost", "heard"]);
  for (const node of there) assertEquals(payloadsOf(node), ["heard"]);
});

Deno.test("A key counts in all processes, once it has arrived", async () => {
  const { world, here, there } = await startTwo();
  const draft = { ...ROOM, payload: "x", idempotencyKey: "k" };
  here[0]!.broker.publish(draft);
  await world.pass(100);
  await world.wait(there[1]!.broker.publish(draft));
  await world.pass(100);
  for (const node of [...here, ...there]) assertEquals(payloadsOf(node), ["x"]);
});

Deno.test("A condition counts in the process of its publisher, and what it keeps from being published is not relayed", async () => {
  const { world, here, there } = await startTwo();
  there[0]!.broker.publish({ ...ROOM, payload: "theirs" });
  await world.pass(100);
  const { broker } = here[1]!;
  const after = await world.wait(broker.position("room"));
  const published = await world.wait(Promise.all([
    broker.publish({ ...ROOM, payload: "ours", after }),
    broker.publish({ ...ROOM, payload: "too late", after }),
  ]));
  assertEquals(published.map(({ conflict }) => conflict), [undefined, true]);
  await world.pass(100);
  for (const node of [...here, ...there]) {
    assertEquals(payloadsOf(node), ["theirs", "ours"]);
  }
});

Deno.test("What cannot be read of another process is reported, and harms nobody", async () => {
  const { world, here, there } = await startTwo();
  const strange = there[0]!.isolate.openChannel("thrum:relay", () => {});
  const type = "publications";
  for (
    const value of [
      null,
      "text",
      { type, from: 1 },
      { type: "unknown", from: "x" },
      { type, from: "x", number: 1, text: "[" },
      { type, from: "x", number: 2, text: "[null]" },
      { type, from: "x", number: 3, text: '[["publish",1,2,3]]' },
      { type, from: "x", number: 4, text: '[["join",{}]]' },
    ]
  ) strange.postMessage(value);
  await world.pass(100);
  const failures = here[0]!.warnings.filter((event) =>
    event === "broker_failed"
  );
  assertEquals(failures.length, 4);
  here[0]!.broker.publish({ ...ROOM, payload: "x" });
  await world.pass(100);
  for (const node of [...here, ...there]) assertEquals(payloadsOf(node), ["x"]);
});

Deno.test("Posts of so many hubs are counted, and those that posted longest ago are forgotten", () => {
  const world = new World();
  const isolate = world.net.isolate(world.locks);
  const received: unknown[] = [];
  const peers: string[] = [];
  const counters = { gaps: 0, repairs: 0, drops: 0 };
  const relay = new Relay({
    openChannel: isolate.openChannel,
    cluster: "thrum",
    node: "here",
    clock: world.clock,
    counters,
    onPublication: ({ payload }) => received.push(payload),
    onPeer: (peer) => peers.push(peer),
    onError: () => {},
  });
  const there = world.net.isolate(new FakeLocks());
  const channel = there.openChannel("thrum:relay", () => {});
  const post = (from: string, number = 1) => {
    const request = { channel: "room", payload: from };
    const text = `[${encode(toPublish(0, request))}]`;
    channel.postMessage({ type: "publications", from, number, text });
    world.net.deliverAll();
  };
  post("a");
  post("b");
  post("a", 2);
  for (let index = 0; index < MAX_PEERS - 1; index++) post(`${index}`);
  received.length = 0;
  // Only the oldest had to give way.
  post("a", 2);
  assertEquals(received, []);
  post("b");
  assertEquals(received, ["b"]);
  assertEquals(peers, ["a"]);
  assertEquals(counters.gaps, 0);
  post("b", 4);
  assertEquals(counters, { gaps: 1, repairs: 0, drops: 0 });
  relay.close();
});

/** Hubs whose locks were taken away. */
async function startUnlocked(count: number, world = new World()) {
  const nodes = [];
  while (nodes.length < count) {
    nodes.push(await world.start({ locks: null }));
  }
  await world.turns();
  return { world, nodes };
}

Deno.test("Hubs without locks relay once another one answers, and say so once", async () => {
  const { world, nodes } = await startUnlocked(3);
  for (const { broker, warnings } of nodes) {
    assertEquals(broker.mode, "relay");
    assertEquals(warnings, ["broker_alone", "broker_relay"]);
    await broker.subscribe("room");
  }
  for (const { broker } of nodes) {
    broker.publish({ ...ROOM, payload: broker.node });
  }
  await world.pass(1_000);
  const all = nodes.map(({ broker }) => broker.node).toSorted();
  for (const node of nodes) {
    assertEquals(payloadsOf(node).toSorted(), all);
    assertEquals(node.warnings.length, 2);
  }
  // One post for each original publication, and none for a relayed one.
  const relayed = world.net.posts.filter(({ value }) =>
    JSON.stringify(value).includes("publications")
  );
  assertEquals(relayed.length, 3);
});

Deno.test("A hub without locks that nothing answers posts no publication, nor does one whose last peer has closed", async () => {
  const { world, nodes: [first] } = await startUnlocked(1);
  const { broker } = first!;
  assertEquals(broker.mode, "alone");
  broker.publish({ ...ROOM, payload: "alone" });
  await world.pass(10_000);
  assertEquals(world.net.posts.length, 3);
  const { nodes: [second] } = await startUnlocked(1, world);
  assertEquals(broker.mode, "relay");
  await second!.broker.close();
  await world.turns();
  assertEquals(broker.mode, "alone");
  const before = world.net.posts.length;
  broker.publish({ ...ROOM, payload: "alone again" });
  await world.pass(1_000);
  assertEquals(world.net.posts.length, before);
});

Deno.test("A hello that is lost is said again", async () => {
  const world = new World();
  const { nodes: [first] } = await startUnlocked(1, world);
  await world.pass(5_000);
  world.net.lose = () => true;
  const { nodes: [second] } = await startUnlocked(1, world);
  assertEquals(first!.broker.mode, "alone");
  world.net.lose = () => false;
  await world.pass(1_500);
  for (const { broker } of [first!, second!]) {
    assertEquals(broker.mode, "relay");
  }
});

Deno.test("A closed relay leaves no timer and no channel", async () => {
  const { world, nodes } = await startUnlocked(2);
  for (const { broker } of nodes) {
    broker.publish({ ...ROOM, payload: "x" });
    await broker.close();
  }
  assertEquals(world.clock.pending, 0);
  assertEquals(world.net.open, 0);
});

Deno.test("A hub that ends without a goodbye is forgotten within 30 s, and no publication is posted for it any more", async () => {
  const { world, nodes: [first] } = await startUnlocked(1);
  const { broker } = first!;
  const ghost = world.net.isolate(new FakeLocks())
    .openChannel("thrum:relay", () => {});
  ghost.postMessage({ type: "hello", from: "ghost" });
  await world.turns();
  assertEquals(broker.mode, "relay");
  await world.pass(2 * LIFE_PERIOD_MS);
  assertEquals(broker.mode, "relay");
  await world.pass(LIFE_PERIOD_MS);
  assertEquals(broker.mode, "alone");
  const before = world.net.posts.length;
  broker.publish({ ...ROOM, payload: "alone again" });
  await world.pass(10 * LIFE_PERIOD_MS);
  const greetings = world.net.posts.slice(before).map(({ value }) => value);
  const hello = { type: "hello", from: broker.node };
  assertEquals(greetings, Array(10).fill(hello));
  ghost.postMessage({ type: "answer", from: "ghost" });
  await world.turns();
  assertEquals(broker.mode, "relay");
  await broker.close();
});

Deno.test("Hubs that publish nothing stay known to each other, and each posts once in 10 s", async () => {
  const { world, nodes } = await startUnlocked(2);
  const before = world.net.posts.length;
  await world.pass(30 * LIFE_PERIOD_MS);
  for (const { broker } of nodes) assertEquals(broker.mode, "relay");
  const count = world.net.posts.length - before;
  assert(count > 50 && count <= 60, `${count} posts`);
  for (const { broker } of nodes) await broker.close();
});

Deno.test("A hub that was forgotten while its posts were lost is known again", async () => {
  const { world, nodes } = await startUnlocked(2);
  const [here, there] = nodes;
  world.net.lose = (name) => name.endsWith(":relay");
  await world.pass(4 * LIFE_PERIOD_MS);
  assertEquals(nodes.map(({ broker }) => broker.mode), ["alone", "alone"]);
  world.net.lose = () => false;
  await here!.broker.subscribe("room");
  there!.broker.publish({ ...ROOM, payload: "x" });
  await world.pass(4 * LIFE_PERIOD_MS);
  assertEquals(nodes.map(({ broker }) => broker.mode), ["relay", "relay"]);
  for (const { broker } of nodes) await broker.close();
});
