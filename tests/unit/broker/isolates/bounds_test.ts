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
