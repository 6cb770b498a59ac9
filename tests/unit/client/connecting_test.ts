/** A text client opens a connection: its URL, its first frames and an attempt that is not answered. */

import { assertEquals, assertThrows } from "@std/assert";
import { TextClient } from "../../../lib/client/mod.ts";
import { Scene } from "./scene.ts";

Deno.test("A text client makes no connection before it is asked to", async () => {
  using scene = new Scene();
  await scene.pass(60_000);
  assertEquals(scene.journal.lines, []);
  assertEquals(scene.client.readyState, WebSocket.CLOSED);
});

Deno.test("A text client names its uid in the URL and asks for senders", async () => {
  using scene = new Scene({ uid: "alice", showSender: true });
  await scene.open();
  assertEquals(scene.socket.url, "ws://hub.test/ws?uid=alice&from=1");
});

Deno.test("A text client refuses a URL that no WebSocket can open", () => {
  assertThrows(
    () => new TextClient("https://hub.test/ws"),
    TypeError,
    'Cannot connect to "https://hub.test/ws": not a ws: or wss: URL',
  );
});

Deno.test("A text client sends its token first, and neither in the URL nor to the log", async () => {
  using scene = new Scene({ uid: "alice", token: "e30.e30.x" });
  scene.client.join("room");
  scene.client.connect();
  scene.client.send("bob:hi");
  await scene.pass();
  scene.socket.accept();
  assertEquals(scene.socket.url, "ws://hub.test/ws");
  assertEquals(scene.socket.sent, ["auth:e30.e30.x", "ping"]);
  scene.socket.receive("pong");
  assertEquals(scene.socket.sent.slice(2), ["+#room", "bob:hi"]);
  assertEquals(scene.frames, ["out +#room", "out bob:hi"]);
});

Deno.test("A text client that sends something when it is open sends its token before", async () => {
  using scene = new Scene({
    token: "e30.e30.x",
    onOpen: () => scene.client.send("bob:hi"),
  });
  await scene.open();
  scene.socket.receive("pong");
  assertEquals(scene.socket.sent, ["auth:e30.e30.x", "ping", "bob:hi"]);
});

Deno.test("What a text client does as it opens comes after what was asked before, and once", async () => {
  using scene = new Scene({
    onOpen: () => {
      scene.client.join("late");
      scene.client.send("#a:2");
    },
  });
  scene.client.join("room");
  scene.client.connect();
  scene.client.send("#a:1");
  await scene.pass();
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["+#room", "+#late", "#a:1", "#a:2"]);
});

Deno.test("A text client that is closed as soon as it opens sends nothing more", async () => {
  using scene = new Scene({ onOpen: () => scene.client.close() });
  scene.client.join("room");
  scene.client.connect();
  scene.client.send("bob:hi");
  await scene.pass();
  scene.socket.accept();
  await scene.pass(60_000);
  assertEquals(scene.socket.sent, []);
  assertEquals(scene.journal.lines, ["1 connect", "1 close 1000"]);
});

Deno.test("A text client keeps heartbeats apart from messages", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.receive("ping");
  scene.socket.receive("pong");
  scene.socket.receive("bob>hi");
  assertEquals(scene.messages, ["bob>hi"]);
  assertEquals(scene.socket.sent, ["pong"]);
  assertEquals(
    scene.frames,
    ["in ping", "out pong", "in pong", "in bob>hi"],
  );
});

Deno.test("A text client takes binary messages as bytes", async () => {
  using scene = new Scene();
  await scene.open();
  assertEquals(scene.socket.binaryType, "arraybuffer");
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  scene.socket.receive(bytes);
  assertEquals(scene.messages, [bytes]);
});

Deno.test("A text client shows readyState and bufferedAmount of its socket", async () => {
  using scene = new Scene();
  scene.client.connect();
  await scene.pass();
  assertEquals(scene.client.readyState, WebSocket.CONNECTING);
  scene.socket.accept();
  scene.socket.bufferedAmount = 12;
  assertEquals(scene.client.readyState, WebSocket.OPEN);
  assertEquals(scene.client.bufferedAmount, 12);
  scene.client.close();
  assertEquals(scene.client.readyState, WebSocket.CLOSED);
});

Deno.test("A text client gives up an attempt that is not answered, and tries again", async () => {
  using scene = new Scene({ connectTimeoutMs: 4_000 });
  scene.client.connect();
  await scene.pass();
  await scene.pass(4_000);
  assertEquals(scene.closes, [
    { code: 1006, reason: "handshake timeout", wasClean: false },
  ]);
  await scene.pass(1);
  await scene.pass(750);
  assertEquals(scene.journal.lines, [
    "1 connect",
    "1 close 1000 timeout",
    "2 connect",
  ]);
});
