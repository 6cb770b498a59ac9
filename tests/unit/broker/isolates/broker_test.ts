import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { FakeLocks } from "../../../support/fake_locks.ts";
import { World } from "../../../support/isolate_world.ts";

const ROOM = { channel: "room", payload: "x" };

/** Posts that are no hello of a relay. */
function postsOf({ net }: World): readonly { readonly name: string }[] {
  return net.posts.filter(({ name }) => name !== "thrum:relay");
}

Deno.test("A single isolate posts nothing but three hellos", async () => {
  const world = new World();
  const node = await world.start();
  assert(node.broker.ready);
  await node.broker.subscribe("room");
  await node.broker.publish(ROOM);
  await node.broker.presence.add("room", { client: "a1", user: "alice" });
  assertEquals(await node.broker.call(undefined, "?"), ["?"]);
  await world.pass(10_000);
  await node.broker.publish(ROOM);
  await node.broker.close();
  assertEquals(postsOf(world), []);
  assertEquals(world.net.posts.length, 3);
  assertEquals(node.delivered.length, 2);
});

Deno.test("The sequencer's node publishes without a promise", async () => {
  const world = new World();
  const [sequencer] = await world.startAll(2);
  const published = sequencer!.broker.publish(ROOM);
  assertFalse(published instanceof Promise);
});

for (
  const [missing, options] of [
    ["navigator.locks", { locks: null }],
    ["BroadcastChannel", { openChannel: null }],
  ] as const
) {
  Deno.test(`Without ${missing} an isolate serves alone, and says so once`, async () => {
    const world = new World();
    const node = await world.start(options);
    assert(node.broker.ready);
    await node.broker.subscribe("room");
    assertFalse(node.broker.publish(ROOM) instanceof Promise);
    assertEquals(node.delivered.length, 1);
    assertEquals(node.warnings, ["broker_alone"]);
    await node.broker.close();
    assertEquals(world.clock.pending, 0);
    assertEquals(world.net.open, 0);
  });
}

for (const refused of ["every lock", "the lock of the sequencer"]) {
  Deno.test(`Where the platform refuses ${refused}, an isolate serves alone, and says so once`, async () => {
    const world = new World();
    const locks = world.locks.of({});
    const request: typeof locks.request = (name, options, callback) =>
      refused === "every lock" || name.endsWith("-sequencer")
        ? Promise.reject(new DOMException("refused", "SecurityError"))
        : locks.request(name, options, callback);
    const node = await world.start({ locks: { ...locks, request } });
    assert(node.broker.ready);
    await node.broker.subscribe("room");
    assertFalse(node.broker.publish(ROOM) instanceof Promise);
    assertEquals(node.delivered.length, 1);
    assertEquals(node.warnings, ["broker_alone"]);
    await world.pass(2_000);
    assertEquals(postsOf(world), []);
    await node.broker.close();
    assertEquals(world.clock.pending, 0);
    assertEquals(world.net.open, 0);
    assertEquals(await world.locks.of({}).query(), { held: [] });
  });
}

Deno.test("A publication is posted to nodes that are subscribed, and to no other", async () => {
  const world = new World();
  const [first, second, third] = await world.startAll(3);
  await world.wait(second!.broker.subscribe("room"));
  await world.pass(100);
  world.net.posts.length = 0;
  first!.broker.publish(ROOM);
  await world.turns();
  const to = world.net.posts.map(({ name }) => name);
  assert(to.every((name) => name.includes(second!.broker.node)));
  assertFalse(to.some((name) => name.includes(third!.broker.node)));
  assertEquals(second!.delivered.length, 1);
});

Deno.test("All that one turn brings for a node goes into one post", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  for (const channel of ["a", "b", "c"]) {
    await world.wait(second!.broker.subscribe(channel));
  }
  await world.pass(100);
  world.net.posts.length = 0;
  for (const channel of ["a", "b", "c"]) {
    for (let times = 0; times < 50; times++) {
      first!.broker.publish({ channel, payload: "x" });
    }
  }
  await world.turns();
  assertEquals(second!.delivered.length, 150);
  const there = `${first!.broker.node}>${second!.broker.node}`;
  const posts = world.net.posts.filter(({ name }) => name.endsWith(there));
  assertEquals(posts.length, 1);
});

Deno.test("Isolates that are idle post nothing", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await world.wait(second!.broker.subscribe("room"));
  first!.broker.publish(ROOM);
  await world.pass(5_000);
  world.net.posts.length = 0;
  await world.pass(60_000);
  assertEquals(world.net.posts, []);
});

Deno.test("A closed broker leaves no timer, channel or lock, and rejects calls", async () => {
  const world = new World();
  const nodes = await world.startAll(3);
  for (const { broker } of nodes) {
    await world.wait(broker.subscribe("room"));
    await world.wait(broker.publish(ROOM));
  }
  for (const { broker } of nodes.toReversed()) await world.wait(broker.close());
  assertEquals(world.clock.pending, 0);
  assertEquals(world.net.open, 0);
  assertEquals(await world.locks.of({}).query(), { held: [] });
  for (const { broker } of nodes) {
    await assertRejects(
      async () => await broker.publish(ROOM),
      Error,
      'Cannot publish to "room": the broker is closed',
    );
  }
});

Deno.test("A broker that closes while it looks for the others leaves nothing", async () => {
  const world = new World();
  await world.startAll(1);
  const before = [world.clock.pending, world.net.open];
  const starting = world.start();
  const node = await starting;
  await world.wait(node.broker.close());
  await world.turns();
  assertEquals([world.clock.pending, world.net.open], before);
});

Deno.test("What a node says before it closes is carried out", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await first!.broker.subscribe("room");
  const published = second!.broker.publish(ROOM);
  const closed = second!.broker.close();
  await world.wait(closed);
  assertEquals((await published).offset, 1);
  assertEquals(first!.delivered.length, 1);
});

Deno.test("A node whose sequencer does not answer is refused in time", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  await first!.broker.subscribe("room");
  world.net.lose = () => true;
  const published = second!.broker.publish(ROOM);
  const refused = assertRejects(
    async () => await published,
    Error,
    "the sequencer did not answer within 5000 ms",
  );
  await world.pass(7_000);
  await refused;
});

Deno.test("Calls that wait for the first sequencer are carried out by it", async () => {
  const world = new World();
  const first = await world.start();
  world.net.lose = () => true;
  const second = await world.start();
  assertFalse(second.broker.ready);
  const subscribed = second.broker.subscribe("room");
  const published = second.broker.publish(ROOM);
  world.net.lose = () => false;
  await world.wait(subscribed);
  assertEquals((await world.wait(published)).offset, 1);
  assertEquals(second.delivered.length, 1);
  assert(first.broker.ready && second.broker.ready);
  assertEquals(second.checks, 0);
});

Deno.test("A question that is no JSON value is the asker's fault, and so is an answer", async () => {
  const world = new World();
  const nodes = await world.startAll(2);
  for (const { broker } of nodes) {
    await assertRejects(() => broker.call(undefined, () => {}), TypeError);
  }
  for (const node of nodes) {
    node.onQuestion = () => () => {};
    for (const { broker } of nodes) {
      if (broker === node.broker) continue;
      const call = broker.call(node.broker.node, "?");
      const reason = "Cannot send a function to another node";
      await assertRejects(() => world.wait(call), Error, reason);
    }
  }
  await world.wait(nodes[1]!.broker.publish(ROOM));
});

Deno.test("Where memory cannot be shared, all goes through the channels", async () => {
  const world = new World();
  const refuse = (value: unknown) => {
    if (Array.isArray(value) && value.at(-1) instanceof SharedArrayBuffer) {
      throw new DOMException("cannot be cloned", "DataCloneError");
    }
  };
  world.net.onClone = refuse;
  const [first, second] = await world.startAll(2);
  await world.wait(second!.broker.subscribe("room"));
  const payload = "🦌".repeat(200_000);
  for (const { broker } of [first!, second!]) {
    assert(
      (await world.wait(broker.publish({ channel: "room", payload })))
        .delivered,
    );
  }
  await world.turns();
  assertEquals(second!.delivered.map(({ payload }) => payload), [
    payload,
    payload,
  ]);
});

Deno.test("Isolates of another process are not taken in", async () => {
  const world = new World();
  const [first, second] = await world.startAll(2);
  const elsewhere = new FakeLocks();
  const strangers = [
    await world.start({}, elsewhere),
    await world.start({}, elsewhere),
  ];
  for (const { broker } of strangers) {
    await world.wait(broker.subscribe("room"));
  }
  await world.wait(second!.broker.publish(ROOM));
  await world.pass(1_000);
  for (const { delivered, broker } of strangers) {
    // They have an order of their own, and what is relayed to it.
    assertEquals(delivered.map(({ offset }) => offset), [1]);
    assertEquals((await world.wait(broker.call(undefined, "?"))).length, 2);
  }
  const answers = await world.wait(first!.broker.call(undefined, "?"));
  assertEquals(answers.length, 2);
  // Nor are they invited, which would take them from their own sequencer for a moment.
  for (const { value } of world.net.posts) {
    const text = JSON.stringify(value);
    if (!text.includes("welcome")) continue;
    const isTheirs = strangers.some(({ broker }) => text.includes(broker.node));
    const isOurs = [first!, second!].some(({ broker }) =>
      text.includes(broker.node)
    );
    assertFalse(isTheirs && isOurs, text);
  }
});

Deno.test("A closed broker waits for no lock, while the others go on", async () => {
  const world = new World();
  await world.startAll(2);
  await world.pass(500);
  const before = [world.locks.pending, world.net.open, world.clock.pending];
  const third = await world.start();
  await world.pass(500);
  await world.wait(third.broker.close());
  await world.pass(500);
  const after = [world.locks.pending, world.net.open, world.clock.pending];
  assertEquals(after, before);
});

Deno.test("A sequencer that closes does not wait for whom it has never heard", async () => {
  const world = new World();
  const first = await world.start();
  world.net.lose = (name) => name.includes(">");
  await world.start();
  const closed = first.broker.close();
  await world.turns();
  const late = Promise.resolve("too late");
  assertEquals(await Promise.race([closed, late]), undefined);
});
