/** A browser that reported `offline` although its network was there (a virtual adapter, a
 * VPN) made the text client close a healthy link and wait for `online`, which never
 * came. The client asks the server first now.
 */

import { assertEquals, assertGreater } from "@std/assert";
import { type Clock, systemClock } from "../../lib/base/clock.ts";
import { Scene } from "../unit/client/scene.ts";

Deno.test("A text client whose device wrongly reports that it is offline keeps its connection", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  assertEquals(scene.socket.sent, ["ping"]);
  scene.socket.receive("pong");
  for (let count = 0; count < 10; count++) {
    await scene.pass(55_000);
    scene.socket.receive("pong");
  }
  assertEquals(scene.journal.lines, ["1 connect"]);
  assertEquals(scene.client.send("bob:hi"), "sent");
});

Deno.test("A text client whose device is wrong comes back by itself when its connection ends later", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  scene.socket.receive("pong");
  scene.socket.end(3001, "shutdown");
  await scene.pass(750);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});

Deno.test("A text client whose device was wrong once reconnects when its connection falls silent later", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  scene.socket.receive("pong");
  await scene.pass(55_000);
  await scene.pass(10_000);
  await scene.pass(1);
  assertEquals(scene.journal.lines, [
    "1 connect",
    "1 close 3012 no answer to ping",
    "2 connect",
  ]);
});

Deno.test("A text client that is notified again while it waits for the answer asks once, and waits no longer", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  await scene.pass(6_000);
  scene.network.set(false);
  assertEquals(scene.socket.sent, ["ping"]);
  await scene.pass(3_999);
  assertEquals(scene.journal.lines, ["1 connect"]);
  await scene.pass(1);
  assertEquals(scene.journal.lines.at(-1), "1 close 4000 offline");
});

Deno.test("A text client whose network returns while it waits for the answer replaces a silent connection at once", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  await scene.pass(5_000);
  scene.network.set(true);
  await scene.pass(4_999);
  assertEquals(scene.journal.lines, ["1 connect"]);
  await scene.pass(1);
  await scene.pass(1);
  assertEquals(scene.journal.lines, [
    "1 connect",
    "1 close 3012 no answer to ping",
    "2 connect",
  ]);
});

Deno.test("A text client that is connecting while its device reports offline goes on", async () => {
  using scene = new Scene();
  scene.client.connect();
  await scene.pass();
  scene.network.set(false);
  await scene.pass(1_000);
  scene.socket.accept();
  assertEquals(scene.client.send("bob:hi"), "sent");
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("A text client that was connecting while there was no network begins anew when there is", async () => {
  using scene = new Scene();
  scene.client.connect();
  await scene.pass();
  scene.network.set(false);
  await scene.pass(1_000);
  scene.network.set(true);
  await scene.pass(1);
  assertEquals(scene.journal.lines, [
    "1 connect",
    "1 close 4000 offline",
    "2 connect",
  ]);
});

Deno.test("A text client whose attempts fail goes on with them while its device reports offline", async () => {
  using scene = new Scene();
  scene.network.set(false);
  await scene.open();
  scene.socket.end(1006, "", false);
  scene.network.set(false);
  await scene.pass(750);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});

Deno.test("A text client that wakes from sleep asks the server within some seconds", async () => {
  const { scene, sleep } = sleepyScene();
  using _ = scene;
  await scene.open();
  await scene.pass(20_000);
  sleep(3_600_000);
  await scene.pass(10_000);
  assertEquals(scene.socket.sent, ["ping"]);
  await scene.pass(10_000);
  await scene.pass(1);
  assertEquals(scene.journal.lines.at(-1), "2 connect");
});

Deno.test("A text client that slept while it waited for an answer reads it before it gives the connection up", async () => {
  const { scene, sleep } = sleepyScene();
  using _ = scene;
  await scene.open();
  await scene.pass(55_000);
  sleep(3_600_000);
  await scene.pass(10_000);
  // Once more since it woke, at least.
  assertGreater(scene.socket.sent.length, 1);
  scene.socket.receive("pong");
  await scene.pass(30_000);
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("A text client whose timers are always late notices a dead connection all the same", async () => {
  const { scene, sleep } = sleepyScene();
  using _ = scene;
  await scene.open();
  await scene.pass(55_000);
  for (let minute = 0; minute < 3; minute++) {
    sleep(60_000);
    await scene.pass(10_000);
  }
  assertEquals(scene.journal.lines.at(1), "1 close 3012 no answer to ping");
});

/** A scene on a device that sleeps: the clock on the wall goes on while the timers stand still. */
function sleepyScene(): { scene: Scene; sleep: (ms: number) => void } {
  let sleptMs = 0;
  const clock: Clock = Object.create(systemClock, {
    wallTime: { get: () => systemClock.wallTime + sleptMs },
  });
  return { scene: new Scene({ clock }), sleep: (ms) => sleptMs += ms };
}
