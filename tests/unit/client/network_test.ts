/** A text client whose device loses its network. */

import { assert, assertEquals } from "@std/assert";
import { deviceNetwork } from "../../../lib/client/mod.ts";
import { Scene } from "./scene.ts";

Deno.test("A text client closes its connection when the network is lost and nothing answers, and waits", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(false);
  assertEquals(scene.socket.sent, ["ping"]);
  await scene.pass(9_999);
  assertEquals(scene.client.readyState, WebSocket.OPEN);
  await scene.pass(1);
  assertEquals(scene.client.online, false);
  assertEquals(scene.client.readyState, WebSocket.CLOSED);
  assertEquals(scene.client.lastClose, {
    code: 4000,
    reason: "offline",
    wasClean: false,
  });
  await scene.pass(600_000);
  assertEquals(scene.journal.lines, ["1 connect", "1 close 4000 offline"]);
  assertEquals(scene.client.active, true);
});

Deno.test("A text client comes back at once when the network does", async () => {
  using scene = new Scene();
  await scene.open();
  scene.client.join("room");
  scene.network.set(false);
  await scene.pass(10_000);
  scene.client.send("#room:written on the train");
  await scene.pass(60_000);
  scene.network.set(true);
  await scene.pass();
  assertEquals(scene.journal.lines.at(-1), "2 connect");
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["+#room", "#room:written on the train"]);
  assertEquals(scene.client.online, true);
});

Deno.test("A text client cuts its wait short when the network comes back", async () => {
  using scene = new Scene({ minDelayMs: 20_000 });
  await scene.open();
  scene.socket.end(1006, "", false);
  await scene.pass();
  scene.network.set(false);
  scene.network.set(true);
  await scene.pass();
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});

Deno.test("A text client that was closed does not come back with the network", async () => {
  using scene = new Scene();
  await scene.open();
  scene.client.close();
  scene.network.set(false);
  scene.network.set(true);
  await scene.pass(60_000);
  assertEquals(scene.journal.lines, ["1 connect", "1 close 1000"]);
  assertEquals(scene.network.watchers.size, 0);
});

Deno.test("A text client leaves an open connection alone when the device reports again that it is online", async () => {
  using scene = new Scene();
  await scene.open();
  scene.network.set(true);
  await scene.pass(1_000);
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("The device's network changes with the online and offline events, until they are no longer watched", () => {
  const target = new EventTarget();
  const changes: boolean[] = [];
  const stop = deviceNetwork(target).watch((online) => changes.push(online));
  target.dispatchEvent(new Event("offline"));
  target.dispatchEvent(new Event("online"));
  stop();
  target.dispatchEvent(new Event("offline"));
  assertEquals(changes, [false, true]);
});

Deno.test("The device's network counts as online where its state is unknown", () => {
  assertEquals(deviceNetwork(new EventTarget()).online, true);
});

Deno.test("Where there are no events of a network, as on Node, it is watched in vain", () => {
  const network = deviceNetwork({});
  network.watch(() => assert(false))();
  assertEquals(network.online, true);
});
