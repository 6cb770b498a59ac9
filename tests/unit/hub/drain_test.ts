import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { readCloseReason } from "../../../lib/base/disconnect.ts";
import { drain } from "../../../lib/hub/drain.ts";
import { Scene } from "../../support/scene.ts";

/** Moves the scene's time on until `done`, in steps smaller than any of the drain's. */
async function run(scene: Scene, done: Promise<void>): Promise<number> {
  const start = scene.clock.now;
  let finished = false;
  done.then(() => finished = true);
  for (let step = 0; !finished && step < 100_000; step++) {
    await scene.settle();
    if (!finished) scene.clock.advance(1);
  }
  assert(finished, "the drain does not end");
  return scene.clock.now - start;
}

Deno.test("A drain tells every client 3001 shutdown and closes the hub", async () => {
  const scene = new Scene();
  const clients = ["a", "b", "c"].map((uid) => scene.connect(uid));
  await run(scene, drain(scene.hub, scene));
  for (const [index, { transport }] of clients.entries()) {
    const { code, reason = "" } = transport.closed ?? {};
    assertEquals(code, 3001);
    // Half of the second over which a few are spread, each after the one before.
    const retryAfterMs = 500 + 5 * index;
    const expected = { reason: "shutdown", retryAfterMs };
    assertEquals(readCloseReason(reason), expected);
  }
  assertEquals(scene.hub.size, 0);
  assertEquals(scene.clock.pending, 0);
});

Deno.test("A hub that drains says so from the first moment", async () => {
  const scene = new Scene();
  const done = drain(scene.hub, scene);
  assert(scene.hub.draining);
  await run(scene, done);
});

Deno.test("A crowd leaves over the whole spread, in even shares", async () => {
  const scene = new Scene();
  for (let index = 0; index < 10_000; index++) scene.connect();
  const done = drain(scene.hub, { ...scene, spreadMs: 1000 });
  const sizes: number[] = [];
  for (let step = 0; step < 5; step++) {
    await scene.settle();
    sizes.push(scene.hub.size);
    for (let ms = 0; ms < 200; ms += 20) {
      scene.clock.advance(20);
      await scene.settle();
    }
  }
  for (const [index, size] of sizes.entries()) {
    const expected = 10_000 * (1 - index * 0.2);
    assertLess(Math.abs(size - expected), 500, `${size} at ${index * 200} ms`);
  }
  await run(scene, done);
});

Deno.test("A few clients are not kept waiting", async () => {
  const scene = new Scene();
  for (let index = 0; index < 10; index++) scene.connect();
  assertLess(await run(scene, drain(scene.hub, scene)), 100);
});

Deno.test("A client that never lets go is waited for, and not for long", async () => {
  const scene = new Scene();
  scene.connect();
  scene.hub.admission.enter();
  const took = await run(
    scene,
    drain(scene.hub, { ...scene, spreadMs: 1000, flushMs: 1000 }),
  );
  assertGreater(took, 999);
  assertLess(took, 2000);
});
