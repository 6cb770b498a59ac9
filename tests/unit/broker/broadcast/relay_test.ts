/** Two processes whose channels reach each other, and whose locks do not. */

import { assert, assertEquals } from "@std/assert";
import { encode } from "../../../../lib/broker/broadcast/codec.ts";
import { MAX_SOURCES, Relay } from "../../../../lib/broker/broadcast/relay.ts";
import type { PublishRequest } from "../../../../lib/broker/types.ts";
import { FakeLocks } from "../../../support/fake_locks.ts";
import { World, type WorldNode } from "../../../support/isolate_world.ts";

const ROOM = { channel: "room", history: { size: 10, ttlMs: 60_000 } };

/** Two processes of two nodes each; all nodes are subscribed. */
async function startTwo(relay: boolean): Promise<{
  world: World;
  here: WorldNode[];
  there: WorldNode[];
}> {
  const world = new World();
  const processes = [];
  for (const locks of [new FakeLocks(), new FakeLocks()]) {
    const nodes = [];
    for (let count = 0; count < 2; count++) {
      const node = await world.start({ relay }, locks);
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
  const { world, here, there } = await startTwo(true);
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
  const { world, here, there } = await startTwo(true);
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
  const { world, here, there } = await startTwo(true);
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
  const { world, here, there } = await startTwo(true);
  const draft = { ...ROOM, payload: "x", idempotencyKey: "k" };
  here[0]!.broker.publish(draft);
  await world.pass(100);
  await world.wait(there[1]!.broker.publish(draft));
  await world.pass(100);
  for (const node of [...here, ...there]) assertEquals(payloadsOf(node), ["x"]);
});

Deno.test("What cannot be read of another process is reported, and harms nobody", async () => {
  const { world, here, there } = await startTwo(true);
  const strange = there[0]!.isolate.openChannel("thrum:relay", () => {});
  const lists = { bytes: [], others: [] };
  for (
    const value of [
      null,
      "text",
      { from: 1 },
      { from: "x", number: 1, text: "[", ...lists },
      { from: "x", number: 2, text: "[null]", ...lists },
      { from: "x", number: 3, text: '[["p",1,2,3]]', ...lists },
      { from: "x", number: 4, text: '[["o",7]]', ...lists },
    ]
  ) strange.postMessage(value);
  await world.pass(100);
  assert(here[0]!.warnings.every((warning) => warning === "broker_failed"));
  assert(here[0]!.warnings.length > 0);
  here[0]!.broker.publish({ ...ROOM, payload: "x" });
  await world.pass(100);
  for (const node of [...here, ...there]) assertEquals(payloadsOf(node), ["x"]);
});

Deno.test("Posts of so many processes are counted, and those that were not heard of for longest are forgotten", () => {
  const world = new World();
  const isolate = world.net.isolate(world.locks);
  const delivered: unknown[] = [];
  const relay = new Relay({
    open: isolate.openChannel,
    cluster: "thrum",
    node: "here",
    clock: world.clock,
    onDraft: ({ payload }) => delivered.push(payload),
    onError: () => {},
  });
  const there = world.net.isolate(new FakeLocks());
  const channel = there.openChannel("thrum:relay", () => {});
  const post = (from: string, number = 1) => {
    const draft: PublishRequest = { channel: "room", payload: from };
    const message = { type: "publish", id: 0, draft } as const;
    channel.postMessage({ from, number, ...encode([message]) });
    world.net.deliverAll();
  };
  post("a");
  post("b");
  post("a", 2);
  for (let index = 0; index < MAX_SOURCES - 1; index++) post(`${index}`);
  delivered.length = 0;
  // Only the oldest had to give way.
  post("a", 2);
  assertEquals(delivered, []);
  post("b");
  assertEquals(delivered, ["b"]);
  relay.close();
});

Deno.test("Nothing is relayed unless it is asked for", async () => {
  const { world, here, there } = await startTwo(false);
  here[0]!.broker.publish({ ...ROOM, payload: "x" });
  await world.pass(1_000);
  assertEquals(there.flatMap(payloadsOf), []);
  assert(!world.net.posts.some(({ name }) => name.endsWith(":relay")));
});
