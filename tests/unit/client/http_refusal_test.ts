/** A client over plain HTTP whose requests are refused. */

import { assertEquals } from "@std/assert";
import { type FakeRequest, HttpScene } from "./http_scene.ts";

const FEED_PATHS = { sse: "/sse", poll: "/poll" } as const;

for (const transport of ["sse", "poll"] as const) {
  for (
    const [status, text, code, reason] of [
      [503, "This server is full; try again later.", 1006, undefined],
      [503, "error:3504 connection limit", 1006, "connection limit"],
      [502, "Bad Gateway", 1006, undefined],
      [429, "Too Many Requests", 1006, undefined],
      [408, "Request Timeout", 1006, undefined],
      [401, "The token is not accepted.", 3500, undefined],
      [401, "error:3005 connection expired", 3005, "connection expired"],
      [403, "Pages of this origin may not connect.", 3500, undefined],
    ] as const
  ) {
    Deno.test(`A client over ${transport} whose feed is refused with ${status} ${text} is closed with ${code}`, async () => {
      const scene = new HttpScene(transport);
      (await scene.latest(FEED_PATHS[transport])).answer(status, `${text}\n`);
      await scene.rest();
      const close = { code, reason: reason ?? text, wasClean: true };
      assertEquals([scene.closes, scene.clock.pending], [[close], 0]);
    });
  }

  Deno.test(`A client over ${transport} lets no cache answer its feeds`, async () => {
    const scene = new HttpScene(transport);
    const { init } = await scene.latest(FEED_PATHS[transport]);
    assertEquals(init.cache, "no-store");
  });
}

const CLOSED = new Map([
  ["nowhere:x", "error:102 unknown channel"],
  ["$vip", "error:103 permission denied"],
]);

/** Answers as a server that knows which channels are closed. */
function judge(request: FakeRequest): void {
  const error = request.channels.map((channel) => CLOSED.get(channel))
    .find((each) => each !== undefined);
  if (error !== undefined) request.answer(403, `${error}\n`);
  else if (request.url.pathname === "/sse") request.open();
  else request.answerPoll([], "W10");
}

async function answerAll(scene: HttpScene): Promise<void> {
  for (;;) {
    await scene.rest();
    const request = scene.requests.find(({ isAnswered }) => !isAnswered);
    if (request === undefined) return;
    judge(request);
  }
}

Deno.test("A client over plain HTTP receives an error for the channel that is refused, and joins the others", async () => {
  const scene = new HttpScene();
  await scene.open();
  const channels = ["a", "nowhere:x", "b", "c", "$vip"];
  for (const channel of channels) scene.socket.send(`+#${channel}`);
  await answerAll(scene);
  assertEquals(scene.received, [
    "+#a",
    "error:102 unknown channel",
    "+#b",
    "+#c",
    "error:103 permission denied",
  ]);
  const feed = await scene.latest("/sse");
  assertEquals(feed.channels, ["a", "b", "c"]);
  assertEquals([scene.socket.readyState, scene.closes], [1, []]);
});

Deno.test("A client over plain HTTP that is refused its only channel sends no other request about it", async () => {
  const scene = new HttpScene();
  await scene.open();
  scene.socket.send("+#$vip");
  judge(await scene.latest("/sse"));
  await scene.rest();
  assertEquals(scene.requests.length, 2);
  assertEquals(scene.received, ["error:103 permission denied"]);
});

Deno.test("A client over plain HTTP keeps the feed that it has while another channel is refused", async () => {
  const scene = new HttpScene();
  await scene.open();
  const room = await scene.join("room");
  scene.socket.send("+#$vip");
  await answerAll(scene);
  room.publish({ channel: "room", offset: 1, data: "hello" }, "1");
  await scene.rest();
  assertEquals(scene.received, [
    "+#room",
    "error:103 permission denied",
    "#room:hello",
  ]);
  assertEquals([room.left, scene.socket.readyState], [false, 1]);
});

Deno.test("A client over plain HTTP that has too many channels is refused the newest", async () => {
  const scene = new HttpScene();
  await scene.open();
  await scene.join("a", "b");
  scene.socket.send("+#c");
  (await scene.latest("/sse")).answer(400, "At most 2 channels.\n");
  (await scene.latest("/poll")).answerPoll([], "x");
  (await scene.latest("/poll")).answerPoll([], "x");
  await scene.rest();
  assertEquals(scene.received.slice(2), ["error:400 At most 2 channels."]);
  assertEquals(scene.socket.readyState, 1);
});

Deno.test("A client over plain HTTP does not blame a channel for a server that is full", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const channel of ["a", "$vip"]) scene.socket.send(`+#${channel}`);
  judge(await scene.latest("/sse"));
  (await scene.latest("/poll")).answer(503, "full");
  judge(await scene.latest("/poll"));
  const next = await scene.latest("/sse");
  assertEquals(next.channels, ["a"]);
  next.open();
  await scene.rest();
  assertEquals(scene.received, ["+#a", "error:103 permission denied"]);
});

Deno.test("A client over plain HTTP comes again when the network fails while it searches for the refused channel", async () => {
  const scene = new HttpScene();
  await scene.open();
  for (const channel of ["a", "$vip"]) scene.socket.send(`+#${channel}`);
  judge(await scene.latest("/sse"));
  (await scene.latest("/poll")).fail();
  await scene.rest();
  assertEquals(scene.closes.map(({ code }) => code), [1006]);
  assertEquals([scene.received, scene.clock.pending], [[], 0]);
});

Deno.test("A client over plain HTTP that was in a channel and is refused it is notified that it has left", async () => {
  const scene = new HttpScene();
  await scene.open();
  const feed = await scene.join("a", "nowhere");
  CLOSED.set("nowhere", "error:102 unknown channel");
  scene.socket.send("+#b");
  await answerAll(scene);
  await scene.pass(50);
  assertEquals(scene.received.slice(2), ["+#b", "-#nowhere"]);
  assertEquals(feed.left, true);
});

Deno.test("A client over plain HTTP comes again when its channels cannot be had now", async () => {
  for (const status of [503, 429]) {
    const scene = new HttpScene();
    await scene.open();
    scene.socket.send("+#room");
    (await scene.latest("/sse")).answer(status, "error:100 internal error\n");
    await scene.rest();
    assertEquals(scene.closes.map(({ code }) => code), [1006]);
  }
});

Deno.test("A client over polls that is refused a channel later comes again, to learn which", async () => {
  const scene = new HttpScene("poll");
  (await scene.latest("/poll")).answerPoll([], "W10");
  await scene.rest();
  scene.socket.send("+#room");
  (await scene.latest("/poll")).answerPoll([], "1");
  await scene.pass(50);
  (await scene.latest("/poll")).answer(403, "error:103 permission denied\n");
  await scene.rest();
  assertEquals(scene.closes, [
    { code: 1006, reason: "permission denied", wasClean: true },
  ]);
});
