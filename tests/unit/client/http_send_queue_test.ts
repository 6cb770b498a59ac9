/** Frames that a client over plain HTTP sends, and their answers. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

Deno.test("A client over plain HTTP sends one frame after the other, and counts what was not accepted", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const frame of ["bob:1", "bob:2", "bob:3"]) scene.socket.send(frame);
  for (const left of [15, 10, 5]) {
    assertEquals(scene.socket.bufferedAmount, left);
    const { init } = await scene.latest("/send");
    assertEquals([init.method, init.body], ["POST", `bob:${4 - left / 5}`]);
    (await scene.latest("/send")).answer(204);
    await scene.rest();
  }
  assertEquals([scene.socket.bufferedAmount, scene.received], [0, []]);
});

Deno.test("A client over plain HTTP receives errors and pongs as frames, and goes on", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (
    const [status, text] of [
      [200, "pong"],
      [404, 'error:404 no client is connected as "bob"'],
      [400, 'error:400 expected "uid:message"'],
      [401, "error:101 unauthorized"],
      [503, "error:100 internal error"],
    ] as const
  ) {
    scene.socket.send("bob:hello");
    (await scene.latest("/send")).answer(status, `${text}\n`);
    await scene.rest();
    assertEquals(scene.received.splice(0), [text]);
  }
  assertEquals([scene.socket.readyState, scene.closes], [1, []]);
});

for (
  const [status, text, code] of [
    [503, "This server is full; try again later.", 1006],
    [503, "error:3001 shutdown", 1006],
    [429, "error:3013 too many requests", 1006],
    [502, "<html>", 1006],
    [200, "<html>", 1006],
    [413, "A message has at most 65536 bytes.", 1009],
    [413, "error:1009 message too big", 1009],
    [401, "The token is not accepted.", 3500],
    [403, "error:3503 force disconnect", 3503],
  ] as const
) {
  Deno.test(`A client over plain HTTP whose frame is answered with ${status} ${text} is closed with ${code}, and receives no message`, async () => {
    const scene = new HttpScene();
    await scene.open();
    scene.socket.send("all:1");
    (await scene.latest("/send")).answer(status, `${text}\n`);
    await scene.rest();
    assertEquals(scene.closes.map((close) => close.code), [code]);
    assertEquals([scene.received, scene.clock.pending], [[], 0]);
  });
}

Deno.test("A client over plain HTTP gives back what has certainly not arrived, in its order", async () => {
  for (const status of [503, 429]) {
    const scene = new HttpScene();
    await scene.open();
    for (const frame of ["all:1", "ping", "all:2", "+#room", "all:3"]) {
      scene.socket.send(frame);
    }
    (await scene.latest("/send")).answer(status, "later");
    await scene.rest();
    assertEquals(scene.socket.undelivered, ["all:1", "all:2", "all:3"]);
    assertEquals(scene.requests.length, 2);
  }
});

Deno.test("A client over plain HTTP sends nothing twice that may have arrived", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const frame of ["all:1", "all:2"]) scene.socket.send(frame);
  (await scene.latest("/send")).fail();
  await scene.rest();
  assertEquals(scene.closes.map(({ code }) => code), [1006]);
  assertEquals(scene.socket.undelivered, ["all:2"]);
});

Deno.test("A client over plain HTTP is in a channel before it sends anything there", async () => {
  const scene = new HttpScene();
  await scene.open();
  scene.socket.send("+#room");
  scene.socket.send("#room:hello");
  const feed = await scene.latest("/sse");
  assertEquals(feed.channels, ["room"]);
  feed.open();
  await scene.pass(50);
  assertEquals((await scene.latest("/send")).init.body, "#room:hello");
});

Deno.test("A client over plain HTTP that is closed still sends its queue, and joins nothing", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const frame of ["all:1", "+#room", "all:2"]) scene.socket.send(frame);
  await scene.rest();
  scene.socket.close();
  (await scene.latest("/send")).answer(204);
  const last = await scene.latest("/send");
  assertEquals([last.init.body, scene.requests.length], ["all:2", 3]);
  last.answer(204);
  await scene.rest();
  scene.socket.close();
  assertEquals([scene.socket.undelivered, scene.clock.pending], [[], 0]);
  assertEquals(scene.closes, [{ code: 1000, reason: "", wasClean: true }]);
});

Deno.test("A client over plain HTTP that loses its connection sends no more", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  scene.socket.send("all:1");
  scene.socket.send("all:2");
  const post = await scene.latest("/send");
  directs.end();
  await scene.rest();
  assertEquals([post.left, scene.socket.undelivered], [true, ["all:2"]]);
  assertEquals([scene.requests.length, scene.clock.pending], [2, 0]);
});

Deno.test("A client over plain HTTP does not send its token as a frame, nor answers to pings that never come", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const frame of ["auth:e30.e30.x", "pong", ""]) scene.socket.send(frame);
  await scene.rest();
  assertEquals(scene.requests.length, 1);
});
