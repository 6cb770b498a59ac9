/** A text client finds that its connection is dead. */

import { assertEquals } from "@std/assert";
import { Scene } from "./scene.ts";

Deno.test("A text client sends a heartbeat every 55 seconds and shows the time of the next", async () => {
  using scene = new Scene();
  assertEquals(scene.client.nextHeartbeatAt, undefined);
  await scene.open();
  assertEquals(scene.client.nextHeartbeatAt, Date.now() + 55_000);
  for (const beats of [1, 2, 3]) {
    await scene.pass(54_999);
    assertEquals(scene.socket.sent.length, beats - 1);
    await scene.pass(1);
    assertEquals(scene.socket.sent.length, beats);
    scene.socket.receive("pong");
  }
  assertEquals(scene.socket.sent, ["ping", "ping", "ping"]);
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("A text client drops a dead connection before it opens the next one", async () => {
  using scene = new Scene();
  await scene.open();
  const dead = scene.socket;
  await scene.pass(55_000);
  await scene.pass(9_999);
  assertEquals(scene.journal.lines, ["1 connect"]);
  await scene.pass(1);
  await scene.pass(1);
  assertEquals(scene.journal.lines, [
    "1 connect",
    "1 close 3012 no answer to ping",
    "2 connect",
  ]);
  assertEquals(scene.closes, [
    { code: 3012, reason: "no answer to ping", wasClean: false },
  ]);
  for (const type of ["open", "message", "close"]) {
    assertEquals(dead.listeners(type), 0, type);
  }
});

Deno.test("A text client receives nothing more from a connection that it dropped", async () => {
  using scene = new Scene({ heartbeatMs: 1_000, answerMs: 500 });
  await scene.open();
  const dead = scene.socket;
  await scene.pass(1_000);
  await scene.pass(500);
  await scene.pass(1);
  scene.socket.accept();
  dead.receive("late");
  dead.end(1006, "", false);
  assertEquals(scene.messages, []);
  assertEquals(scene.closes.length, 1);
  assertEquals(scene.client.readyState, WebSocket.OPEN);
});

Deno.test("A text client takes any frame as a sign of life", async () => {
  using scene = new Scene();
  await scene.open();
  await scene.pass(55_000);
  scene.socket.receive("bob>still here");
  await scene.pass(10_000);
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("A text client sends no heartbeat while it is not connected", async () => {
  using scene = new Scene({ heartbeatMs: 100 });
  await scene.open();
  const { socket } = scene;
  socket.end(1001);
  assertEquals(scene.client.nextHeartbeatAt, undefined);
  await scene.pass(400);
  assertEquals(socket.sent, []);
});

Deno.test("A text client expects no answer on a new connection to a ping of the old one", async () => {
  using scene = new Scene();
  await scene.open();
  await scene.pass(55_000);
  scene.socket.end(1001);
  await scene.pass(750);
  scene.socket.accept();
  await scene.pass(10_000);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
});
