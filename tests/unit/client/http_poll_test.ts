/** How often a client over polls asks. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

const MESSAGE = { data: "hello" };

for (
  const [name, publications, recovered] of [
    ["nothing", [], true],
    ["that there is a gap", [], false],
    ["messages after a gap", [MESSAGE], false],
  ] as const
) {
  Deno.test(`A client over polls asks no sooner than after half a second when it is told ${name} at once`, async () => {
    const scene = new HttpScene("poll");
    (await scene.latest("/poll")).news([], "a");
    const poll = await scene.latest("/poll");
    await scene.pass(100);
    poll.news([...publications], "b", recovered);
    await scene.pass(399);
    assertEquals(scene.requests.length, 2);
    await scene.pass(1);
    assertEquals(scene.requests.length, 3);
    assertEquals((await scene.latest("/poll")).since, "b");
  });
}

Deno.test("A client over polls asks at once after messages, and after a poll that lasted", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).news([], "a");
  (await scene.latest("/poll")).news([MESSAGE], "b");
  const poll = await scene.latest("/poll");
  assertEquals([scene.requests.length, poll.since], [3, "b"]);
  await scene.pass(25_000);
  poll.news([], "c");
  assertEquals((await scene.latest("/poll")).since, "c");
  assertEquals(scene.heard, ["hello"]);
});

Deno.test("A client over polls that is closed between two of them asks no more", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).news([], "a");
  (await scene.latest("/poll")).news([], "b");
  await scene.rest();
  scene.socket.close();
  await scene.pass(60_000);
  assertEquals([scene.requests.length, scene.clock.pending], [2, 0]);
});
