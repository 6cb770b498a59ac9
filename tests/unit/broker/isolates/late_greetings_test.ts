/** Greetings that arrive late or twice: two nodes never have a second link, whose ends would not agree. */

import { assert, assertEquals } from "@std/assert";
import { World, type WorldNode } from "../../../support/isolate_world.ts";
import { FakeLocks } from "../../../support/fake_locks.ts";

const CLUSTER = "thrum";
/** Time that a goodbye waits for its acknowledgement, in milliseconds. */
const FINISH_MS = 500;

/** Lets a greeting arrive once more. */
async function repeat(
  world: World,
  type: "hello" | "welcome",
  from: WorldNode,
  to?: WorldNode,
): Promise<void> {
  const { openChannel } = world.net.isolate(new FakeLocks());
  const channel = openChannel(CLUSTER, () => {});
  const greeting = { type, from: from.broker.node };
  channel.postMessage(to ? { ...greeting, to: to.broker.node } : greeting);
  channel.close();
  await world.turns();
}

/** Publishes one after the other, so that each has a batch. */
async function publishSeveral(
  world: World,
  { broker }: WorldNode,
): Promise<void> {
  for (let offset = 1; offset <= 5; offset++) {
    const history = { size: 10, ttlMs: 60_000 };
    const draft = { channel: "room", payload: `${offset}`, history };
    assertEquals((await world.wait(broker.publish(draft))).offset, offset);
  }
}

/** The first of three sequencers has ended; a node that follows the next one. */
async function startFollower(
  world: World,
): Promise<{ readonly ended: WorldNode; readonly follower: WorldNode }> {
  const [first, second, third] = await world.startAll(3);
  first!.isolate.end();
  await world.pass(100);
  const isSecond = second!.broker.mode === "follower";
  return { ended: first!, follower: isSecond ? second! : third! };
}

Deno.test("After a late welcome of a sequencer that has ended a node receives what the next one sends", async () => {
  const world = new World();
  const { ended, follower } = await startFollower(world);
  await repeat(world, "welcome", ended, follower);
  await world.pass(100);
  await publishSeveral(world, follower);
});

Deno.test("A late welcome of a sequencer that has ended rejects no call to the next one", async () => {
  const world = new World();
  const { ended, follower } = await startFollower(world);
  const { checks, broker } = follower;
  const positions = Promise.allSettled([broker.position("room")]);
  await repeat(world, "welcome", ended, follower);
  const [position] = await world.wait(positions);
  assertEquals(position!.status, "fulfilled");
  assertEquals(broker.mode, "follower");
  assertEquals(follower.checks, checks);
});

Deno.test("A welcome that comes late while nothing is followed does not end the search", async () => {
  const world = new World();
  const [first, second, third] = await world.startAll(3);
  world.net.lose = () => true;
  first!.isolate.end();
  await world.turns();
  const follower = second!.broker.mode === "searching" ? second! : third!;
  world.net.lose = () => false;
  await repeat(world, "welcome", first!, follower);
  await world.pass(1_000);
  assertEquals(follower.broker.mode, "follower");
  await publishSeveral(world, follower);
});

Deno.test("A node does not follow the same sequencer again after its goodbye", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  world.net.lose = (name) => name.endsWith(`>${first!.broker.node}`);
  const closed = first!.broker.close();
  await world.turns();
  assertEquals(second!.broker.mode, "searching");
  await repeat(world, "welcome", first!, second!);
  // Time in which the sequencer posts again what was not acknowledged.
  await world.pass(300);
  assertEquals(second!.checks, 0);
  world.net.lose = () => false;
  await world.pass(FINISH_MS);
  await closed;
  await world.turns();
  assertEquals(second!.broker.mode, "alone");
  await publishSeveral(world, second!);
});

Deno.test("A late hello of a node that says goodbye does not bring it back", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  world.net.lose = (name) => name.endsWith(`>${second!.broker.node}`);
  const closed = second!.broker.close();
  await world.turns();
  assertEquals(first!.broker.mode, "alone");
  await repeat(world, "hello", second!);
  assertEquals(first!.broker.mode, "alone");
  assertEquals(await world.wait(first!.broker.call(undefined, "?")), ["?"]);
  await world.pass(FINISH_MS);
  await closed;
  const third = await world.start();
  assert(third.broker.ready);
  await publishSeveral(world, third);
});
