/** How a client of plain HTTP joins and leaves channels, and misses nothing while it does. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

function message(channel: string, offset: number | undefined, data: string) {
  return offset === undefined ? { channel, data } : { channel, offset, data };
}

Deno.test("A client over event streams hears what is sent to it by one feed, which joins and leaves never interrupt", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  let number = 0;
  const say = async (...feeds: { tell(message: unknown): void }[]) => {
    for (const feed of [directs, ...feeds]) feed.tell({ data: `${number}` });
    directs.tell(message("a", undefined, "not by this one"));
    number++;
    await scene.rest();
  };
  const first = await scene.join("a");
  await say(first);
  scene.socket.send("+#b");
  const second = await scene.latest("/sse");
  await say(first);
  second.open();
  await say(first, second);
  await scene.pass(50);
  await say(second);
  scene.socket.send("-#a");
  scene.socket.send("-#b");
  await say();
  const numbers = scene.heard.filter((frame) => /^\d/.test(frame));
  assertEquals(numbers, ["0", "1", "2", "3", "4"]);
  assertEquals([directs.left, directs.channels], [false, []]);
});

Deno.test("A client over plain HTTP leaves a feed only when the next has begun and what was under way is heard", async () => {
  const scene = new HttpScene();
  await scene.open();
  const old = await scene.join("a");
  scene.socket.send("+#b");
  const next = await scene.latest("/sse");
  assertEquals(next.channels, ["a", "b"]);
  next.open();
  next.tell(message("b", 1, "b1"), "a0b1");
  await scene.pass(49);
  assertEquals([old.left, scene.heard], [false, ["+#a"]]);
  old.tell(message("a", 1, "a1"), "a1");
  await scene.pass(1);
  assertEquals(old.left, true);
  assertEquals(scene.heard, ["+#a", "#a:a1", "+#b", "#b:b1"]);
});

Deno.test("A client over plain HTTP hears once what both feeds have, in channels with a history and without", async () => {
  for (const isKept of [true, false]) {
    const scene = new HttpScene();
    await scene.open();
    const old = await scene.join("a");
    const say = (feed: typeof old, offset: number) =>
      feed.tell(
        message("a", isKept ? offset : undefined, `${offset}`),
        isKept ? `a${offset}` : undefined,
      );
    say(old, 1);
    await scene.rest();
    scene.socket.send("+#b");
    const next = await scene.latest("/sse");
    assertEquals(next.since, isKept ? "a1" : null);
    say(old, 2);
    say(old, 3);
    next.open();
    // One that keeps nothing begins where it is.
    if (isKept) say(next, 2);
    for (const offset of [3, 4]) say(next, offset);
    await scene.pass(50);
    say(next, 5);
    await scene.rest();
    const numbers = scene.heard.filter((frame) => frame.startsWith("#"));
    assertEquals(numbers, ["#a:1", "#a:2", "#a:3", "#a:4", "#a:5"]);
  }
});

Deno.test("A client over plain HTTP hears once what three feeds have, of which each begins before the last has caught up", async () => {
  const scene = new HttpScene();
  await scene.open();
  const first = await scene.join("a");
  const say = (feed: typeof first, offset: number) =>
    feed.tell(message("a", offset, `${offset}`), `a${offset}`);
  say(first, 1);
  await scene.rest();
  scene.socket.send("+#b");
  const second = await scene.latest("/sse");
  for (const offset of [2, 3, 4]) say(first, offset);
  second.open();
  say(second, 2);
  await scene.pass(50);
  scene.socket.send("+#c");
  const third = await scene.latest("/sse");
  assertEquals([first.left, third.since], [true, "a2"]);
  for (const offset of [3, 4, 5]) say(second, offset);
  third.open();
  for (const offset of [3, 4, 5, 6]) say(third, offset);
  await scene.pass(50);
  const numbers = scene.heard.filter((frame) => frame.startsWith("#"));
  const expected = [1, 2, 3, 4, 5, 6].map((number) => `#a:${number}`);
  assertEquals(numbers, expected);
});

Deno.test("A client over plain HTTP tells what is new from what it heard while a channel was joined", async () => {
  const scene = new HttpScene();
  await scene.open();
  const old = await scene.join("a");
  scene.socket.send("+#b");
  const next = await scene.latest("/sse");
  const say = (feed: typeof old, texts: string) => {
    for (const data of texts) feed.tell(message("a", undefined, data));
  };
  say(old, "xy");
  next.open();
  say(next, "zxy");
  await scene.pass(50);
  scene.socket.send("+#c");
  const last = await scene.latest("/sse");
  say(next, "vw");
  last.open();
  say(last, "wvw");
  await scene.pass(50);
  const texts = scene.heard.filter((frame) => frame.startsWith("#a:"));
  assertEquals(texts.map((text) => text.at(-1)).join(""), "xyzxyvwvw");
});

Deno.test("A client over plain HTTP joins one after the other what it joins while a feed begins", async () => {
  const scene = new HttpScene();
  await scene.open();
  scene.socket.send("+#a");
  const first = await scene.latest("/sse");
  for (const frame of ["+#b", "+#c", "-#b"]) scene.socket.send(frame);
  assertEquals(await scene.latest("/sse"), first);
  first.open();
  await scene.rest();
  const second = await scene.latest("/sse");
  assertEquals([first.channels, second.channels], [["a"], ["a", "c"]]);
  assertEquals([scene.heard, first.left], [["+#a"], false]);
  second.open();
  await scene.pass(50);
  assertEquals(scene.heard, ["+#a", "+#b", "+#c", "-#b"]);
});

Deno.test("A client over plain HTTP asks for nothing when it joins where it is, or leaves where it is not", async () => {
  const scene = new HttpScene();
  await scene.open();
  await scene.join("a");
  for (const frame of ["+#a", "-#b"]) scene.socket.send(frame);
  await scene.rest();
  assertEquals(scene.heard, ["+#a", "+#a", "-#b"]);
  assertEquals(scene.requests.length, 2);
});

Deno.test("A client over plain HTTP that comes back is in the channels that it joins then, and no others", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  const old = await scene.join("a", "b");
  old.tell(message("a", 1, "a1"), "a1b0");
  await scene.rest();
  directs.end();
  await scene.rest();
  assertEquals(scene.closes.map(({ code }) => code), [1006]);
  scene.connect("a");
  (await scene.latest("/sse")).open();
  const next = await scene.latest("/sse");
  assertEquals([next.channels, next.since], [["a"], "a1b0"]);
});

Deno.test("A client over plain HTTP that has left all of its channels begins anew when it joins one again", async () => {
  for (const isAway of [true, false]) {
    const scene = new HttpScene();
    const directs = await scene.open();
    const old = await scene.join("a");
    old.tell(message("a", 1, "a1"), "a1");
    await scene.rest();
    if (isAway) {
      directs.end();
      await scene.rest();
      scene.connect();
      (await scene.latest("/sse")).open();
      await scene.rest();
    } else {
      scene.socket.send("-#a");
      await scene.rest();
      assertEquals([old.left, scene.heard.at(-1)], [true, "-#a"]);
    }
    scene.socket.send("+#a");
    const next = await scene.latest("/sse");
    assertEquals([next.channels, next.since], [["a"], null]);
  }
});

Deno.test("A client over plain HTTP that is closed while it joins hears nothing more", async () => {
  for (const isOpen of [false, true]) {
    const scene = new HttpScene();
    await scene.open();
    const old = await scene.join("a");
    scene.socket.send("+#b");
    const next = await scene.latest("/sse");
    if (isOpen) next.open();
    await scene.rest();
    scene.socket.close();
    await scene.pass(1_000);
    assertEquals([old.left, next.left, scene.heard], [true, true, ["+#a"]]);
    assertEquals([scene.requests.length, scene.clock.pending], [3, 0]);
  }
});

Deno.test("A client over event streams hears whole characters, wherever its stream was cut", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  directs.write(`data: ${JSON.stringify({ data: "é日🚀" })}`, 1);
  await scene.rest();
  assertEquals(scene.heard, ["é日🚀"]);
});
