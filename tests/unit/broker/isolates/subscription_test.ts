/** What a node gets while its subscriptions change. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { World } from "../../../support/isolate_world.ts";

Deno.test("A burst arrives whole and in order, through memory that the isolates share", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await world.wait(second!.broker.subscribe("room"));
  await world.pass(100);
  world.net.posts.length = 0;
  const payloads = Array.from(
    { length: 3_000 },
    (_, index) => `${index} `.padEnd(1_000, "é"),
  );
  for (const payload of payloads) {
    first!.broker.publish({ channel: "room", payload });
  }
  await world.pass(1_000);
  assertEquals(second!.delivered.map(({ payload }) => payload), payloads);
  const there = `${first!.broker.node}>${second!.broker.node}`;
  for (const { name, value } of world.net.posts) {
    if (name.endsWith(there)) assert(JSON.stringify(value).length < 100);
  }
});

Deno.test("What was published to an earlier subscription does not come with the next", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await world.wait(second!.broker.subscribe("room"));
  first!.broker.publish({ channel: "room", payload: "early" });
  const unsubscribed = second!.broker.unsubscribe("room");
  const subscribed = second!.broker.subscribe("room");
  await world.wait(Promise.all([unsubscribed, subscribed]));
  first!.broker.publish({ channel: "room", payload: "late" });
  await world.turns();
  assertEquals(second!.delivered.map(({ payload }) => payload), ["late"]);
});

Deno.test("Subscribing once more takes nothing away", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await world.wait(second!.broker.subscribe("room"));
  const again = second!.broker.subscribe("room");
  first!.broker.publish({ channel: "room", payload: "x" });
  await world.wait(again);
  await world.turns();
  assertEquals(second!.delivered.length, 1);
});

Deno.test("A subscription that failed can be tried again", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  world.net.lose = () => true;
  const failed = assertRejects(async () =>
    await second!.broker.subscribe("room")
  );
  await world.pass(7_000);
  await failed;
  world.net.lose = () => false;
  await world.wait(second!.broker.subscribe("room"));
  first!.broker.publish({ channel: "room", payload: "x" });
  await world.turns();
  assertEquals(second!.delivered.length, 1);
});

Deno.test("Drafts that nobody waits for any more are not posted", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  world.net.lose = () => true;
  const history = { size: 100, ttlMs: 600_000 };
  const payload = "x".repeat(100_000);
  const all = Array.from(
    { length: 20 },
    () =>
      assertRejects(async () =>
        await second!.broker.publish({ channel: "room", payload, history })
      ),
  );
  await world.pass(7_000);
  await Promise.all(all);
  world.net.lose = () => false;
  await world.pass(5_000);
  // Those that were posted before may arrive; the others were not.
  const { offset } = await first!.broker.position("room");
  assert(offset <= 8, `${offset} were published`);
});

Deno.test("What a node publishes while it delivers comes after that, on all nodes", async () => {
  const world = new World();
  const nodes = await world.startAll(2);
  const [first] = nodes;
  for (const { broker } of nodes) await world.wait(broker.subscribe("room"));
  const deliver = first!.deliver.bind(first);
  first!.deliver = (publication) => {
    if (publication.payload === "question") {
      first!.broker.publish({ channel: "room", payload: "answer" });
    }
    return deliver(publication);
  };
  await world.wait(
    nodes[1]!.broker.publish({ channel: "room", payload: "question" }),
  );
  await world.turns();
  const seen = nodes[1]!.delivered;
  assertEquals(seen.map(({ payload }) => payload), ["question", "answer"]);
  assertEquals(seen.map(({ offset }) => offset), [1, 2]);
});

Deno.test("A publication that the sequencer's node cannot deliver is refused, and the next one is not", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await first!.broker.subscribe("room");
  const deliver = first!.deliver.bind(first);
  first!.deliver = () => {
    throw new RangeError("cannot be delivered");
  };
  const draft = { channel: "room", payload: "x" };
  await assertRejects(
    () => world.wait(second!.broker.publish(draft)),
    Error,
    "cannot be delivered",
  );
  assertEquals(first!.warnings, ["broker_failed"]);
  first!.deliver = deliver;
  assert((await world.wait(second!.broker.publish(draft))).delivered);
});
