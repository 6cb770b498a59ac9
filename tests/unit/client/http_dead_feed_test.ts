/** A client over plain HTTP finds that its connection is dead. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

const DEAD = { code: 3012, reason: "nothing was received", wasClean: false };

Deno.test("A client over an event stream closes it as dead 37.5 s after the last byte", async () => {
  const scene = new HttpScene("sse");
  const directs = await scene.open();
  await scene.pass(37_499);
  directs.write(":");
  await scene.pass(37_499);
  assertEquals([scene.socket.readyState, scene.closes], [1, []]);
  await scene.pass(1);
  assertEquals([scene.socket.readyState, scene.closes], [3, [DEAD]]);
  assertEquals([directs.left, scene.clock.pending], [true, 0]);
});

Deno.test("A client over an event stream does not take the life of one feed for that of the other", async () => {
  const scene = new HttpScene("sse");
  const directs = await scene.open();
  const room = await scene.join("room");
  for (let second = 0; second < 38; second++) {
    assertEquals(scene.closes, []);
    directs.write(":");
    await scene.pass(1_000);
  }
  assertEquals(scene.closes, [DEAD]);
  assertEquals([directs.left, room.left, scene.clock.pending], [true, true, 0]);
});

Deno.test("A client over polls closes them as dead when one is not answered 12.5 s after it should be", async () => {
  const scene = new HttpScene("poll");
  const first = await scene.latest("/poll");
  assertEquals(first.url.searchParams.get("timeout"), "0ms");
  first.answerPoll([], "W10");
  const second = await scene.latest("/poll");
  assertEquals(second.url.searchParams.get("timeout"), "25000ms");
  await scene.pass(37_499);
  assertEquals(scene.closes, []);
  await scene.pass(1);
  assertEquals([scene.closes, second.left], [[DEAD], true]);
  assertEquals(scene.clock.pending, 0);
});

Deno.test("A client over plain HTTP gives up a feed that never begins", async () => {
  for (const transport of ["sse", "poll"] as const) {
    const scene = new HttpScene(transport);
    await scene.pass(37_500);
    assertEquals([scene.closes, scene.clock.pending], [[DEAD], 0]);
  }
});

Deno.test("A client over plain HTTP loses its connection when a frame is never answered", async () => {
  const scene = new HttpScene("sse");
  const directs = await scene.open();
  scene.socket.send("ping");
  await scene.latest("/send");
  await scene.pass(20_000);
  directs.write(":");
  await scene.pass(17_500);
  assertEquals(scene.closes, [
    { code: 1006, reason: "no answer", wasClean: false },
  ]);
  assertEquals(scene.clock.pending, 0);
});
