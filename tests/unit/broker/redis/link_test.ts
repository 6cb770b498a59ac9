import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { LinkScene } from "./fake.ts";

const SCRIPT = { script: "return 1", keys: [], args: [] };
const ready = () => LinkScene.ready();

Deno.test("A link that is not open, or away, or closed, rejects at once", async () => {
  const scene = new LinkScene();
  const { link, server } = scene;
  await assertRejects(() => link.send(["PING"]), Error, "is closed");
  server.up = false;
  link.open();
  await scene.settle();
  await assertRejects(() => link.send(["PING"]), Error, "is away");
  await assertRejects(() => link.run(SCRIPT), Error, "is away");
  await assertRejects(() => link.subscribe("t"), Error, "is away");
  await link.unsubscribe("t");
  await link.close();
  await assertRejects(() => link.send(["PING"]), Error, "is closed");
  assertEquals(scene.clock.pending, 0);
});

Deno.test("A link tries again after growing pauses of 2 s at most, and forgets them once it is ready", async () => {
  const scene = new LinkScene();
  const { server, link } = scene;
  server.up = false;
  link.open();
  await scene.settle();
  // The chance of the scene is always in the middle: three quarters of 50 ms, doubled each time.
  for (const pauseMs of [38, 75, 150, 300, 600, 1_200, 1_500, 1_500, 1_500]) {
    const attempts = server.connections.length;
    await scene.pass(pauseMs - 1);
    assertEquals(server.connections.length, attempts);
    await scene.pass(1);
    assertEquals(server.connections.length, attempts + 1);
  }
  server.up = true;
  await scene.pass(2_000);
  assert(link.ready);
  server.connection.fail();
  await scene.pass(38);
  assert(link.ready);
  await link.close();
});

Deno.test("The loss of a connection is reported, and its commands reject", async () => {
  const scene = await ready();
  const { link, server } = scene;
  server.silent = true;
  const asked = assertRejects(() => link.send(["GET", "x"]), Error);
  server.connection.fail(new Error("reset"));
  await asked;
  assertFalse(link.ready);
  assert(server.connection.destroyed);
  assertEquals(scene.errors, [["connection", "reset"]]);
  await link.close();
});

Deno.test("Redis that says nothing for three seconds has lost the connection", async () => {
  const scene = await ready();
  const { link, server } = scene;
  await scene.pass(10_000);
  assert(link.ready);
  server.silent = true;
  const asked = assertRejects(() => link.send(["GET", "x"]), Error);
  await scene.pass(3_000);
  assert(link.ready);
  await scene.pass(1_500);
  assertFalse(link.ready);
  await asked;
  assertEquals(server.connections[0]?.destroyed, true);
  await link.close();
});

Deno.test("An outage is reported once for each reason in turn, for any number of attempts, and so is its end", async () => {
  const scene = await ready();
  const { server } = scene;
  for (let outage = 1; outage <= 2; outage++) {
    scene.errors.length = 0;
    server.up = false;
    server.connection.fail(new Error("reset"));
    for (let attempt = 0; attempt < 10; attempt++) await scene.pass(2_000);
    assertEquals(scene.errors, [
      ["connection", "reset"],
      ["connection", "connection refused"],
    ]);
    assertEquals(scene.arrivals, outage);
    server.up = true;
    await scene.pass(2_000);
    assertEquals(scene.arrivals, outage + 1);
  }
  await scene.link.close();
});

Deno.test("Two reasons of an outage in turn, as of two hosts, are reported once each, and again in the next outage", async () => {
  const scene = await ready();
  const { server } = scene;
  for (let outage = 1; outage <= 2; outage++) {
    scene.errors.length = 0;
    server.up = false;
    server.connection.fail(new Error("reset"));
    for (let attempt = 0; attempt < 10; attempt++) {
      server.reason = `host ${attempt % 2} refused`;
      await scene.pass(2_000);
    }
    assertEquals(scene.errors, [
      ["connection", "reset"],
      ["connection", "host 0 refused"],
      ["connection", "host 1 refused"],
    ]);
    server.up = true;
    await scene.pass(2_000);
  }
  await scene.link.close();
});

Deno.test("A stall of this process is not taken for silence of Redis", async () => {
  const scene = await ready();
  scene.clock.advance(1_500);
  scene.clock.stall(60_000);
  await scene.settle();
  scene.clock.advance(1_500);
  await scene.settle();
  assert(scene.link.ready);
  assertEquals(scene.server.connections.length, 1);
  await scene.link.close();
});

Deno.test("A handshake that takes too long is given up", async () => {
  const scene = new LinkScene();
  scene.server.silent = true;
  scene.link.open();
  await scene.pass(4_500);
  assertEquals(scene.server.connections[0]?.destroyed, true);
  scene.server.silent = false;
  await scene.pass(2_000);
  assert(scene.link.ready);
  await scene.link.close();
});

Deno.test("A link is not ready while Redis reads its data", async () => {
  const scene = new LinkScene();
  const { link, server } = scene;
  server.answer = () => {
    throw new Error("LOADING Redis is loading the dataset in memory");
  };
  link.open();
  await scene.settle();
  assertFalse(link.ready);
  server.answer = () => undefined;
  await scene.pass(100);
  assert(link.ready);
  await link.close();
});

Deno.test("A user that cannot renew what it had gets another connection", async () => {
  const scene = new LinkScene();
  const { link, server } = scene;
  const calls: string[] = [];
  link.open({
    onConnect(connection) {
      calls.push(`connect ${connection.life}`);
      if (calls.length > 1) return Promise.resolve();
      return Promise.reject(new Error("not renewed"));
    },
    onReady: () => calls.push("ready"),
    onLoss: () => calls.push("loss"),
    onMessage: () => {},
  });
  await scene.settle();
  assertFalse(link.ready);
  server.life = "life2";
  await scene.pass(100);
  assertEquals(calls, ["connect life1", "loss", "connect life2", "ready"]);
  await link.close();
});

Deno.test("The end waits for what was asked before, a second at most", async () => {
  const scene = await ready();
  const { link, server } = scene;
  const answer = Promise.withResolvers<string>();
  server.answer = () => answer.promise;
  const asked = link.send(["GET", "x"]);
  const closed = link.close();
  await scene.pass(500);
  assertFalse(server.connection.destroyed);
  answer.resolve("y");
  assertEquals(await asked, "y");
  await closed;
  assert(server.connection.destroyed);

  const hanging = await ready();
  hanging.server.silent = true;
  const end = hanging.link.close();
  await hanging.pass(1_000);
  await end;
  assert(hanging.server.connection.destroyed);
});
