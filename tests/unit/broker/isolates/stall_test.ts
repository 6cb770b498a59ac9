/** What becomes of a node's changes while its sequencer stands still for longer than they are waited for. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { IsolatesBrokerOptions } from "../../../../lib/broker/isolates/broker.ts";
import { World, type WorldNode } from "../../../support/isolate_world.ts";

const STALL_MS = 7_000;
const RECOVERY_MS = 5_000;

/** Two nodes; nothing reaches either while `stall` runs. */
class Stall {
  readonly world = new World();
  readonly sequencer: WorldNode;
  readonly node: WorldNode;

  private constructor(world: World, nodes: readonly WorldNode[]) {
    this.world = world;
    [this.sequencer, this.node] = [nodes[0]!, nodes[1]!];
  }

  static async start(
    options: Partial<IsolatesBrokerOptions> = {},
  ): Promise<Stall> {
    const world = new World();
    return new Stall(world, await world.startAll(2, options));
  }

  /** Carries out `change` while the sequencer stands still; what it returns must be rejected. */
  async during(change: () => void | Promise<void>): Promise<void> {
    this.world.net.lose = () => true;
    const rejected = assertRejects(async () => await change());
    await this.world.pass(STALL_MS);
    await rejected;
    this.world.net.lose = () => false;
    await this.world.pass(RECOVERY_MS);
  }

  /** Publishes so much that what comes after is not even posted while the sequencer stands still. */
  async fill(): Promise<void> {
    for (let count = 0; count < 10; count++) {
      const draft = { channel: "other", payload: "x" };
      Promise.resolve(this.node.broker.publish(draft)).catch(() => {});
      await this.world.turns(1);
    }
  }

  /** Publishes to "room" at the sequencer; says whether anybody was to hear it. */
  async isHeard(): Promise<boolean> {
    const { broker } = this.sequencer;
    const { delivered } = await broker.publish({
      channel: "room",
      payload: "x",
    });
    await this.world.turns();
    return delivered;
  }
}

Deno.test("A subscription that was not answered in time begins when the sequencer is back, and positions are compared", async () => {
  const stall = await Stall.start();
  await stall.during(() => stall.node.broker.subscribe("room"));
  assertEquals(stall.node.checks, 1);
  assert(await stall.isHeard());
  assertEquals(stall.node.delivered.length, 1);
  // It is there, so whoever asks now need not wait.
  const late = Promise.resolve("late");
  const again = stall.node.broker.subscribe("room");
  assertEquals(await Promise.race([again, late]), undefined);
});

Deno.test("A subscription that was not even posted in time begins too", async () => {
  const stall = await Stall.start();
  await stall.during(async () => {
    await stall.fill();
    await stall.node.broker.subscribe("room");
  });
  assert(await stall.isHeard());
  assertEquals(stall.node.delivered.length, 1);
});

Deno.test("So does one for which there was no room", async () => {
  const stall = await Stall.start({ maxWaitingBytes: 1_000 });
  const { broker } = stall.node;
  const payload = "x".repeat(800);
  Promise.resolve(broker.publish({ channel: "other", payload }));
  await assertRejects(
    async () => await broker.subscribe("room"),
    Error,
    'Cannot carry out "subscribe" for "room": 1 calls wait already',
  );
  await stall.world.pass(1_000);
  assert(await stall.isHeard());
  assertEquals(stall.node.delivered.length, 1);
});

Deno.test("A subscription that was not answered in time and ended meanwhile hears nothing", async () => {
  const stall = await Stall.start();
  await stall.during(async () => {
    const subscribed = stall.node.broker.subscribe("room");
    stall.node.broker.unsubscribe("room").catch(() => {});
    await subscribed;
  });
  assertEquals(await stall.isHeard(), false);
  assertEquals(stall.node.delivered, []);
});

Deno.test("A node that could not say in time that it has no subscriber any more is not posted to for ever", async () => {
  const stall = await Stall.start();
  await stall.world.wait(stall.node.broker.subscribe("room"));
  await stall.during(async () => {
    await stall.fill();
    await stall.node.broker.unsubscribe("room");
  });
  assertEquals(await stall.isHeard(), false);
});

Deno.test("A client that a node could not take out of a channel in time is not there for ever", async () => {
  const stall = await Stall.start();
  const { presence } = stall.node.broker;
  await stall.world.wait(presence.add("room", { client: "a1", user: "alice" }));
  await stall.during(async () => {
    await stall.fill();
    await presence.remove("room", "a1");
  });
  const { clients } = await stall.sequencer.broker.presence.stats("room");
  assertEquals(clients, 0);
});

for (
  const [heir, count] of [["another node", 3], ["the node itself", 2]] as const
) {
  Deno.test(`A subscription for which there was no room begins where ${heir} is the next sequencer`, async () => {
    const world = new World();
    const nodes = await world.startAll(count, { maxWaitingBytes: 1_000 });
    const [first, ...others] = nodes;
    const node = others.at(-1)!;
    await world.wait(node.broker.subscribe("room"));
    world.net.lose = () => true;
    // It waits, and there is room for nothing but it and one small call more.
    const payload = "x".repeat(600);
    const rejected = [
      () => node.broker.unsubscribe("room"),
      () => node.broker.publish({ channel: "other", payload }),
      () => node.broker.subscribe("room"),
    ].map((call) => assertRejects(async () => void await call()));
    first!.isolate.end();
    await world.turns();
    world.net.lose = () => false;
    await world.pass(RECOVERY_MS);
    await Promise.all(rejected);
    const { broker } = others[0]!;
    const draft = { channel: "room", payload: "x" };
    assert((await world.wait(broker.publish(draft))).delivered);
    assertEquals(node.delivered.at(-1)?.payload, "x");
  });
}

Deno.test("A node answers itself, whatever its sequencer does", async () => {
  const { world, node } = await Stall.start();
  const { broker } = node;
  await world.pass(5_000);
  const before = world.net.posts.length;
  world.net.lose = () => true;
  assertEquals(await broker.call(broker.node, { data: "?" }), [{ data: "?" }]);
  node.onQuestion = () => Promise.reject(new RangeError("no answer"));
  await assertRejects(() => broker.call(broker.node, "?"), RangeError);
  node.onQuestion = () => new Promise(() => {});
  const silent = broker.call(broker.node, "?");
  await world.pass(3_000);
  assertEquals(await silent, []);
  assertEquals(world.net.posts.length, before);
});

Deno.test("What changes while a node says what it holds is said too", async () => {
  const stall = await Stall.start();
  const { broker } = stall.node;
  await stall.world.wait(broker.subscribe("room"));
  const unsubscribed: Promise<void>[] = [];
  await stall.during(async () => {
    await stall.fill();
    const first = broker.subscribe("first");
    // When the first one has failed, a join is on its way that has "room" still.
    await assertRejects(async () => await first);
    unsubscribed.push(broker.unsubscribe("room"));
    unsubscribed[0]!.catch(() => {});
    await stall.world.pass(STALL_MS);
    await unsubscribed[0];
  });
  assertEquals(await stall.isHeard(), false);
  const { delivered } = await stall.sequencer.broker.publish({
    channel: "first",
    payload: "x",
  });
  assert(delivered);
});
