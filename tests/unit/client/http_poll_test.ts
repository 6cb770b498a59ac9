/** Polls of a client: their times, and what they request. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

const MESSAGE = { data: "hello" };
const A1 = { channel: "a", offset: 1, data: "a1" };

for (
  const [name, publications, recovered] of [
    ["nothing", [], true],
    ["that there is a gap", [], false],
    ["messages after a gap", [MESSAGE], false],
  ] as const
) {
  Deno.test(`A client over polls waits half a second when it is answered ${name} at once`, async () => {
    const scene = new HttpScene("poll");
    (await scene.latest("/poll")).answerPoll([], "a");
    const poll = await scene.latest("/poll");
    await scene.pass(100);
    poll.answerPoll([...publications], "b", recovered);
    await scene.pass(399);
    assertEquals(scene.requests.length, 2);
    await scene.pass(1);
    assertEquals(scene.requests.length, 3);
    assertEquals((await scene.latest("/poll")).since, "b");
  });
}

Deno.test("A client over polls polls at once after messages, and after a poll that lasted", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "a");
  (await scene.latest("/poll")).answerPoll([MESSAGE], "b");
  const poll = await scene.latest("/poll");
  assertEquals([scene.requests.length, poll.since], [3, "b"]);
  await scene.pass(25_000);
  poll.answerPoll([], "c");
  assertEquals((await scene.latest("/poll")).since, "c");
  assertEquals(scene.received, ["hello"]);
});

Deno.test("A client over polls that is closed between two of them polls no more", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "a");
  (await scene.latest("/poll")).answerPoll([], "b");
  await scene.rest();
  scene.socket.close();
  await scene.pass(60_000);
  assertEquals([scene.requests.length, scene.clock.pending], [2, 0]);
});

Deno.test("A client over polls has one at a time, except while it joins or leaves", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "W10");
  const alone = await scene.latest("/poll");
  assertEquals([alone.channels, alone.since], [[], "W10"]);
  scene.socket.send("+#a");
  const first = await scene.latest("/poll");
  assertEquals([first.channels, first.since, alone.left], [["a"], null, false]);
  alone.answerPoll([{ data: "to alice" }], "W10");
  first.answerPoll([{ data: "to alice" }, { data: "to all" }], "a0");
  await scene.pass(50);
  assertEquals(scene.received, ["to alice", "+#a", "to all"]);
  const held = await scene.latest("/poll");
  assertEquals([held.channels, held.since], [["a"], "a0"]);
  assertEquals(scene.requests.map(({ left }) => left).at(-2), true);
  scene.socket.send("-#a");
  (await scene.latest("/poll")).answerPoll([], "W10");
  held.answerPoll([A1, { data: "hello" }], "a1");
  await scene.pass(50);
  const last = await scene.latest("/poll");
  assertEquals([last.channels, last.since], [[], "W10"]);
  assertEquals(scene.received.slice(3), ["#a:a1", "hello", "-#a"]);
  scene.socket.send("+#a");
  assertEquals((await scene.latest("/poll")).since, null);
});

Deno.test("A client over polls that comes back goes on where it was in its channels", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "W10");
  await scene.rest();
  scene.socket.send("+#a");
  (await scene.latest("/poll")).answerPoll([], "a0");
  await scene.pass(50);
  (await scene.latest("/poll")).answerPoll([A1], "a1");
  (await scene.latest("/poll")).fail();
  await scene.rest();
  scene.connect("a");
  const first = await scene.latest("/poll");
  assertEquals([first.channels, first.since], [[], null]);
  first.answerPoll([], "W10");
  await scene.rest();
  const next = scene.requests.findLast(({ channels }) => channels.length > 0);
  assertEquals([next?.channels, next?.since], [["a"], "a1"]);
});
