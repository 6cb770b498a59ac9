/** A client over plain HTTP joins and leaves channels, and misses nothing meanwhile. */

import { assertEquals } from "@std/assert";
import { HttpScene } from "./http_scene.ts";

function message(channel: string, offset: number | undefined, data: string) {
  return offset === undefined ? { channel, data } : { channel, offset, data };
}

Deno.test("A client over event streams receives direct messages by one feed, which joins and leaves never interrupt", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  let number = 0;
  const send = async (...feeds: { publish(message: unknown): void }[]) => {
    for (const feed of [directs, ...feeds]) feed.publish({ data: `${number}` });
    directs.publish(message("a", undefined, "not by this one"));
    number++;
    await scene.rest();
  };
  const first = await scene.join("a");
  await send(first);
  scene.socket.send("+#b");
  const second = await scene.latest("/sse");
  await send(first);
  second.open();
  await send(first, second);
  await scene.pass(50);
  await send(second);
  scene.socket.send("-#a");
  scene.socket.send("-#b");
  await send();
  const numbers = scene.received.filter((frame) => /^\d/.test(frame));
  assertEquals(numbers, ["0", "1", "2", "3", "4"]);
  assertEquals([directs.left, directs.channels], [false, []]);
});

Deno.test("A client over plain HTTP leaves a feed only when the next has begun and what was under way has arrived", async () => {
  const scene = new HttpScene();
  await scene.open();
  const old = await scene.join("a");
  scene.socket.send("+#b");
  const next = await scene.latest("/sse");
  assertEquals(next.channels, ["a", "b"]);
  next.open();
  next.publish(message("b", 1, "b1"), "a0b1");
  await scene.pass(49);
  assertEquals([old.left, scene.received], [false, ["+#a"]]);
  old.publish(message("a", 1, "a1"), "a1");
  await scene.pass(1);
  assertEquals(old.left, true);
  assertEquals(scene.received, ["+#a", "#a:a1", "+#b", "#b:b1"]);
});

Deno.test("A client over plain HTTP receives once what both feeds have, in channels with a history and without", async () => {
  for (const isKept of [true, false]) {
    const scene = new HttpScene();
    await scene.open();
    const old = await scene.join("a");
    const send = (feed: typeof old, offset: number) =>
      feed.publish(
        message("a", isKept ? offset : undefined, `${offset}`),
        isKept ? `a${offset}` : undefined,
      );
    send(old, 1);
    await scene.rest();
    scene.socket.send("+#b");
    const next = await scene.latest("/sse");
    assertEquals(next.since, isKept ? "a1" : null);
    send(old, 2);
    send(old, 3);
    next.open();
    // One that keeps nothing begins where it is.
    if (isKept) send(next, 2);
    for (const offset of [3, 4]) send(next, offset);
    await scene.pass(50);
    send(next, 5);
    await scene.rest();
    const numbers = scene.received.filter((frame) => frame.startsWith("#"));
    assertEquals(numbers, ["#a:1", "#a:2", "#a:3", "#a:4", "#a:5"]);
  }
});

Deno.test("A client over plain HTTP receives once what three feeds have, of which each begins before the last has caught up", async () => {
  const scene = new HttpScene();
  await scene.open();
  const first = await scene.join("a");
  const send = (feed: typeof first, offset: number) =>
    feed.publish(message("a", offset, `${offset}`), `a${offset}`);
  send(first, 1);
  await scene.rest();
  scene.socket.send("+#b");
  const second = await scene.latest("/sse");
  for (const offset of [2, 3, 4]) send(first, offset);
  second.open();
  send(second, 2);
  await scene.pass(50);
  scene.socket.send("+#c");
  const third = await scene.latest("/sse");
  assertEquals([first.left, third.since], [true, "a2"]);
  for (const offset of [3, 4, 5]) send(second, offset);
  third.open();
  for (const offset of [3, 4, 5, 6]) send(third, offset);
  await scene.pass(50);
  const numbers = scene.received.filter((frame) => frame.startsWith("#"));
  const expected = [1, 2, 3, 4, 5, 6].map((number) => `#a:${number}`);
  assertEquals(numbers, expected);
});

Deno.test("A client over plain HTTP recognizes what is new after a channel was joined", async () => {
  const scene = new HttpScene();
  await scene.open();
  const old = await scene.join("a");
  scene.socket.send("+#b");
  const next = await scene.latest("/sse");
  const send = (feed: typeof old, texts: string) => {
    for (const data of texts) feed.publish(message("a", undefined, data));
  };
  send(old, "xy");
  next.open();
  send(next, "zxy");
  await scene.pass(50);
  scene.socket.send("+#c");
  const last = await scene.latest("/sse");
  send(next, "vw");
  last.open();
  send(last, "wvw");
  await scene.pass(50);
  const texts = scene.received.filter((frame) => frame.startsWith("#a:"));
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
  assertEquals([scene.received, first.left], [["+#a"], false]);
  second.open();
  await scene.pass(50);
  assertEquals(scene.received, ["+#a", "+#b", "+#c", "-#b"]);
});

Deno.test("A client over plain HTTP asks for nothing when it joins where it is, or leaves where it is not", async () => {
  const scene = new HttpScene();
  await scene.open();
  await scene.join("a");
  for (const frame of ["+#a", "-#b"]) scene.socket.send(frame);
  await scene.rest();
  assertEquals(scene.received, ["+#a", "+#a", "-#b"]);
  assertEquals(scene.requests.length, 2);
});

Deno.test("A client over plain HTTP that comes back is in the channels that it joins then, and no others", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  const old = await scene.join("a", "b");
  old.publish(message("a", 1, "a1"), "a1b0");
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
    old.publish(message("a", 1, "a1"), "a1");
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
      assertEquals([old.left, scene.received.at(-1)], [true, "-#a"]);
    }
    scene.socket.send("+#a");
    const next = await scene.latest("/sse");
    assertEquals([next.channels, next.since], [["a"], null]);
  }
});

Deno.test("A client over plain HTTP that is closed while it joins receives nothing more", async () => {
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
    assertEquals([old.left, next.left, scene.received], [true, true, ["+#a"]]);
    assertEquals([scene.requests.length, scene.clock.pending], [3, 0]);
  }
});

Deno.test("A client over event streams receives whole characters, wherever its stream was cut", async () => {
  const scene = new HttpScene();
  const directs = await scene.open();
  directs.write(`data: ${JSON.stringify({ data: "é日🚀" })}`, 1);
  await scene.rest();
  assertEquals(scene.received, ["é日🚀"]);
});
