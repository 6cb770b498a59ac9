/** What happens above the bounds of what waits. */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { World } from "../../../support/isolate_world.ts";

Deno.test("Calls above the bound are rejected at once", async () => {
  const world = new World();
  const [, second] = await world.startAll(2, { maxWaitingBytes: 1_000 });
  const draft = { channel: "room", payload: "x".repeat(400) };
  const first = second!.broker.publish(draft);
  await assertRejects(
    async () => await second!.broker.publish(draft),
    Error,
    'Cannot publish to "room": 1 calls wait already',
  );
  await world.wait(first);
  await world.wait(second!.broker.publish(draft));
});

Deno.test("A subscription for which there was no room can be tried again at once", async () => {
  const world = new World();
  const [, second] = await world.startAll(2, { maxWaitingBytes: 1_000 });
  const { broker } = second!;
  const payload = "x".repeat(800);
  const published = broker.publish({ channel: "other", payload });
  const refused = broker.subscribe("room");
  await assertRejects(async () => await refused, Error, "1 calls wait already");
  await world.wait(published);
  await world.wait(broker.subscribe("room"));
  assert(
    (await world.wait(broker.publish({ channel: "room", payload: "x" })))
      .delivered,
  );
});

Deno.test("The end of a subscription for which there was no room holds, though its beginning is sent later", async () => {
  const world = new World();
  const first = await world.start();
  // Nothing arrives yet, so there is no sequencer.
  world.net.lose = () => true;
  const second = await world.start({ maxWaitingBytes: 700 });
  const { broker } = second;
  const subscribed = Promise.resolve(broker.subscribe("x")).catch(() => {});
  const draft = { channel: "other", payload: "x".repeat(150) };
  const published = [1, 2, 3].map(() => broker.publish(draft));
  for (const each of published) Promise.resolve(each).catch(() => {});
  await assertRejects(
    () => broker.unsubscribe("x"),
    Error,
    "calls wait already",
  );
  world.net.lose = () => false;
  await world.pass(2_000);
  await world.wait(subscribed);
  const publishing = first.broker.publish({ channel: "x", payload: "hi" });
  assertEquals((await world.wait(publishing)).delivered, false);
});

Deno.test("A node that is subscribed gets all publications, though its earlier calls are sent later", async () => {
  const world = new World();
  const first = await world.start();
  world.net.lose = () => true;
  const second = await world.start({ maxWaitingBytes: 2_000 });
  const { broker } = second;
  const waiting = [
    broker.subscribe("kept"),
    broker.unsubscribe("kept"),
    broker.publish({ channel: "other", payload: "x".repeat(1_400) }),
  ];
  const refused = broker.subscribe("kept");
  await assertRejects(async () => await refused, Error, "calls wait already");
  world.net.lose = () => false;
  const published: string[] = [];
  for (let step = 0; step < 200 && published.length < 20; step++) {
    await world.turns(1);
    world.clock.advance(10);
    if (!broker.ready || broker.subscribe("kept") !== undefined) continue;
    const payload = `${published.length}`;
    published.push(payload);
    await first.broker.publish({ channel: "kept", payload });
  }
  await world.wait(Promise.all(waiting));
  await world.turns();
  assertEquals(published.length, 20);
  assertEquals(second.delivered.map(({ payload }) => payload), published);
});

Deno.test("What a node left without room for the call is left, though it becomes the sequencer and carries out earlier calls", async () => {
  const world = new World();
  const first = await world.start();
  // Nothing arrives, so the second node has no sequencer.
  world.net.lose = () => true;
  const second = await world.start({ maxWaitingBytes: 2_000 });
  const { broker } = second;
  const { presence } = broker;
  const info = { client: "c", user: "u" };
  const waiting = [
    broker.subscribe("left"),
    presence.add("left", info),
    broker.subscribe("kept"),
    broker.unsubscribe("kept"),
    broker.publish({ channel: "other", payload: "x".repeat(1_000) }),
  ];
  for (
    const refused of [
      () => broker.unsubscribe("left"),
      () => presence.remove("left", "c"),
      async () => await broker.subscribe("kept"),
    ]
  ) await assertRejects(refused, Error, "calls wait already");
  first.isolate.end();
  await world.wait(Promise.all(waiting));
  assertEquals(broker.mode, "alone");
  await broker.publish({ channel: "left", payload: "x" });
  await broker.publish({ channel: "kept", payload: "x" });
  assertEquals(second.delivered.map(({ channel }) => channel), ["kept"]);
  assertEquals((await presence.get("left")).size, 0);
});

Deno.test("Questions to nodes count with all that they say", async () => {
  const world = new World();
  const [, second] = await world.startAll(2, { maxWaitingBytes: 100_000 });
  world.net.lose = () => true;
  const question = { data: "x".repeat(65_000) };
  const { broker } = second!;
  const calls = Array.from(
    { length: 100 },
    () => assertRejects(() => broker.call("somebody", question)),
  );
  const refused = assertRejects(
    () => broker.call("somebody", question),
    Error,
    "Cannot call somebody: 1 calls wait already",
  );
  await refused;
  await world.pass(7_000);
  await Promise.all(calls);
});

Deno.test("A node that is too far behind is told so, in its place", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2, { maxWaitingBytes: 50_000 });
  await world.wait(second!.broker.subscribe("room"));
  for (let index = 0; index < 1_000; index++) {
    first!.broker.publish({ channel: "room", payload: `${index}` });
  }
  await world.pass(1_000);
  assertEquals(second!.checks, 1);
  assertEquals(new Set(first!.warnings), new Set(["broker_dropped"]));
  first!.broker.publish({ channel: "room", payload: "after" });
  await world.turns();
  assertEquals(second!.delivered.at(-1)?.payload, "after");
  assertEquals(second!.checks, 1);
});
