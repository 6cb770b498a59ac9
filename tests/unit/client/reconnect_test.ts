/** A text client whose connection ended: when it connects again, and what it sends then. */

import { assertEquals } from "@std/assert";
import { FakeSocket } from "./fake_socket.ts";
import { Scene } from "./scene.ts";

Deno.test("A text client reports the code, the reason and whether the close was clean", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3001, "shutdown");
  const close = { code: 3001, reason: "shutdown", wasClean: true };
  assertEquals(scene.closes, [close]);
  assertEquals(scene.client.lastClose, close);
});

Deno.test("A text client reports a broken connection as 1006, not as a normal close", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(1006, "", false);
  assertEquals(scene.closes, [{ code: 1006, reason: "", wasClean: false }]);
});

Deno.test("A text client comes back after every code that is not final", async () => {
  for (const code of [1000, 1001, 1006, 1011, 3001, 3012, 4000, 4499]) {
    using scene = new Scene();
    await scene.open();
    scene.socket.end(code);
    await scene.pass(750);
    assertEquals(scene.journal.lines, ["1 connect", "2 connect"], `${code}`);
  }
});

Deno.test("A text client stays away after 1009, 3500 to 3999 and 4500 to 4999", async () => {
  for (const code of [1009, 3500, 3999, 4500, 4999]) {
    using scene = new Scene();
    await scene.open();
    scene.socket.end(code);
    await scene.pass(60_000);
    assertEquals(scene.journal.lines, ["1 connect"], `${code}`);
    assertEquals(scene.client.active, false);
    assertEquals(scene.client.send("bob:hi"), "dropped");
  }
});

Deno.test("A text client that was refused for good can be asked to try again", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(3500, "invalid token");
  await scene.open();
  assertEquals(scene.client.readyState, WebSocket.OPEN);
});

Deno.test("A text client waits longer after every failure, and starts over once it was up", async () => {
  using scene = new Scene();
  await scene.open();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 7; attempt++) {
    scene.socket.end(1006, "", false);
    await scene.pass();
    const waitMs = (scene.client.nextAttemptAt ?? NaN) - Date.now();
    waits.push(waitMs);
    assertEquals(scene.client.retryCount, attempt);
    await scene.pass(waitMs);
  }
  assertEquals(waits, [750, 1_250, 2_250, 4_250, 8_250, 10_250, 10_250]);

  scene.socket.accept();
  await scene.pass(5_000);
  assertEquals(scene.client.retryCount, 0);
  scene.socket.end(1006, "", false);
  await scene.pass(750);
  assertEquals(scene.journal.sockets.length, 9);
});

Deno.test("A text client that is asked to connect while it waits does so at once, and counts its attempts anew", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(1006, "", false);
  await scene.pass();
  assertEquals(scene.client.retryCount, 1);
  scene.client.connect();
  await scene.pass();
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
  assertEquals(scene.client.nextAttemptAt, undefined);
  assertEquals(scene.client.retryCount, 0);
  scene.socket.end(1006, "", false);
  await scene.pass(749);
  assertEquals(scene.client.retryCount, 1);
  assertEquals(scene.journal.sockets.length, 2);
  await scene.pass(1);
  assertEquals(scene.journal.sockets.length, 3);
});

Deno.test("A text client that is asked to connect while the server closes does not wait for the end of that", async () => {
  using scene = new Scene();
  await scene.open();
  const old = scene.socket;
  old.readyState = WebSocket.CLOSING;
  scene.client.connect();
  await scene.pass();
  scene.socket.accept();
  old.end(3500, "invalid token");
  assertEquals(scene.closes, [{ code: 1006, reason: "", wasClean: false }]);
  assertEquals(scene.journal.lines, ["1 connect", "2 connect"]);
  assertEquals(scene.client.readyState, WebSocket.OPEN);
});

Deno.test("A text client reports one end of a socket that has ended when close returns", async () => {
  using scene = new Scene({ connectTimeoutMs: 4_000 });
  await scene.open();
  scene.socket.closesAtOnce = true;
  scene.client.close();
  await scene.pass(60_000);
  assertEquals(scene.closes.map(({ code }) => code), [1000]);
  assertEquals(scene.journal.lines, ["1 connect", "1 close 1000"]);
  scene.client.connect();
  scene.socket.closesAtOnce = true;
  await scene.pass(4_000);
  assertEquals(scene.closes.map(({ code }) => code), [1000, 1006]);
  assertEquals(scene.client.retryCount, 1);
});

Deno.test("A text client reports a URL that the page may not open, and tries again", async () => {
  let attempts = 0;
  using scene = new Scene({
    WebSocket: class extends FakeSocket {
      constructor(url: string) {
        super(url, { lines: [], sockets: [] });
        attempts++;
        throw new DOMException("The page is secure", "SecurityError");
      }
    },
  });
  scene.client.connect();
  await scene.pass();
  const reason = "SecurityError: The page is secure";
  assertEquals(scene.closes, [{ code: 1006, reason, wasClean: false }]);
  await scene.pass(750);
  assertEquals(attempts, 2);
});

Deno.test("A text client that is closed while it waits never connects", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(1006, "", false);
  await scene.pass();
  scene.client.close();
  await scene.pass(60_000);
  assertEquals(scene.journal.lines, ["1 connect"]);
});

Deno.test("A text client joins its channels again, but not those that it left", async () => {
  using scene = new Scene();
  await scene.open();
  scene.client.join("one");
  scene.client.join("two");
  scene.client.leave("one");
  assertEquals(scene.socket.sent, ["+#one", "+#two", "-#one"]);
  scene.socket.end(1001);
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["+#two"]);
});

Deno.test("A text client keeps as many frames as its bound while it is not connected, in order", async () => {
  using scene = new Scene({ maxQueuedFrames: 2 });
  await scene.open();
  assertEquals(scene.client.send("bob:0"), "sent");
  scene.socket.end(1001);
  assertEquals(scene.client.send("bob:1"), "queued");
  assertEquals(scene.client.send("bob:2"), "queued");
  assertEquals(scene.client.send("bob:3"), "dropped");
  assertEquals(scene.client.queuedFrames, 2);
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["bob:1", "bob:2"]);
  assertEquals(scene.client.queuedFrames, 0);
});

Deno.test("A text client sends once what it was given while the server was closing", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.readyState = WebSocket.CLOSING;
  assertEquals(scene.client.send("bob:hi"), "queued");
  scene.socket.end(1001);
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["bob:hi"]);
});

Deno.test("A text client forgets what waits when it is closed", async () => {
  using scene = new Scene();
  await scene.open();
  scene.socket.end(1001);
  scene.client.send("bob:1");
  scene.client.close();
  await scene.open();
  assertEquals(scene.socket.sent, []);
});

Deno.test("A text client sends again, before all else, what its socket gives back", async () => {
  using scene = new Scene({ maxQueuedFrames: 3 });
  await scene.open();
  const first = scene.socket;
  for (const frame of ["all:1", "all:2"]) scene.client.send(frame);
  first.readyState = WebSocket.CLOSING;
  assertEquals(scene.client.send("all:3"), "queued");
  first.undelivered = ["all:1", "all:2"];
  first.end(1006, "", false);
  assertEquals(scene.client.queuedFrames, 3);
  assertEquals(scene.client.send("all:4"), "dropped");
  await scene.pass(750);
  scene.socket.accept();
  assertEquals(scene.socket.sent, ["all:1", "all:2", "all:3"]);
  scene.socket.end(1006, "", false);
  assertEquals(scene.client.queuedFrames, 0);
});

Deno.test("A text client keeps of what its socket gives back no more than may wait, and nothing once it is closed", async () => {
  using scene = new Scene({ maxQueuedFrames: 2 });
  await scene.open();
  const { socket } = scene;
  socket.undelivered = ["all:1", "all:2", "all:3"];
  scene.client.close();
  assertEquals(scene.client.queuedFrames, 0);
  await scene.open();
  scene.socket.undelivered = ["all:1", "all:2", "all:3"];
  scene.socket.end(1006, "", false);
  assertEquals(scene.client.queuedFrames, 2);
});
