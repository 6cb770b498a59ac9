/** Redis is killed and returns without its newest writes: polls, event streams and SDK clients of two servers learn of the hole. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { EventBlocks } from "../support/event_blocks.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { LineStream } from "../support/line_stream.ts";
import { requireTool } from "../support/requirements.ts";
import type { TestServer } from "../support/server.ts";
import { isReady, RedisNodes } from "./redis_nodes.ts";

const ignore = requireTool("redis-server").missing;
/** Time within which a client learns of a hole once Redis is back. */
const BACK_WITHIN_MS = 5_000;
const NEW = ["new 9", "new 10", "new 11"];

/** Publishes texts through one server, one after the other. */
async function publish(
  { url }: TestServer,
  texts: readonly string[],
): Promise<void> {
  for (const text of texts) {
    const body = `#room:${text}`;
    const response = await fetch(`${url}/send`, { method: "POST", body });
    await response.body?.cancel();
    assertEquals(response.status, 204);
  }
}

/** Answer to a poll. */
interface Answer {
  readonly data: readonly unknown[];
  readonly cursor: string;
  readonly recovered: boolean;
}

async function poll(
  { url }: TestServer,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  const search = new URLSearchParams({ channel: "room", ...query });
  const response = await fetch(`${url}/poll?${search}`);
  assertEquals(response.status, 200);
  const { publications, cursor, recovered } = await response.json();
  const data = publications.map((each: { data: unknown }) => each.data);
  return { data, cursor, recovered };
}

/** The first events that a returning event stream gets. */
async function stream(
  { url }: TestServer,
  id: string,
  count: number,
): Promise<unknown[]> {
  const headers = { "Last-Event-ID": id };
  await using lines = await LineStream.open(`${url}/sse?channel=room`, {
    headers,
  });
  const blocks = new EventBlocks(lines);
  const events = [];
  while (events.length < count) {
    const { type, data = "{}" } = await blocks.event() ?? {};
    events.push(type === "message" ? JSON.parse(data).data : type);
  }
  return events;
}

/** Two servers whose Redis keeps eight publications and is about to lose two; and the cursors there. */
async function open() {
  await using stack = new AsyncDisposableStack();
  const nodes = stack.use(await RedisNodes.start(2));
  const [first, second] = nodes.nodes;
  await publish(first!, ["1", "2", "3", "4", "5", "6", "7", "8"]);
  await nodes.redis.save();
  const kept = (await poll(first!, {})).cursor;
  await publish(first!, ["lost 9", "lost 10"]);
  const { cursor: lost, data } = await poll(second!, { since: kept });
  assertEquals(data, ["lost 9", "lost 10"]);
  const all = stack.move();
  return {
    first: first!,
    second: second!,
    kept,
    lost,
    async restart(): Promise<void> {
      await nodes.redis.kill();
      await nodes.redis.start();
      for (const node of nodes.nodes) await isReady(node);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

Deno.test({
  name:
    "A poll and an event stream from a position that Redis has lost learn of it on every node, and from one that it has kept get all that is new",
  ignore,
  async fn() {
    await using scene = await open();
    const { first, second, kept, lost } = scene;
    await scene.restart();
    await publish(second, NEW);
    for (const node of [first, second]) {
      const hole = await poll(node, { since: lost, timeout: "0s" });
      assertEquals([hole.recovered, hole.data], [false, []]);
      const whole = await poll(node, { since: kept, timeout: "0s" });
      assertEquals([whole.recovered, whole.data], [true, NEW]);
      for (const { cursor } of [hole, whole]) {
        const next = await poll(node, { since: cursor, timeout: "0s" });
        assertEquals([next.recovered, next.data], [true, []]);
      }
      assertEquals(await stream(node, lost, 1), ["lost"]);
      assertEquals(await stream(node, kept, 3), NEW);
    }
  },
});

Deno.test({
  name:
    "A poll that waits and an event stream that is open while Redis loses a position learn of it within 5 s",
  ignore,
  async fn() {
    await using scene = await open();
    const { first, second, lost } = scene;
    const waiting = poll(first, { since: lost, timeout: "60s" });
    const headers = { "Last-Event-ID": lost };
    await using lines = await LineStream.open(
      `${second.url}/sse?channel=room`,
      { headers },
    );
    const blocks = new EventBlocks(lines);
    await blocks.next();
    await scene.restart();
    const from = performance.now();
    const { data, cursor, recovered } = await waiting;
    // The cursor has not moved: the next poll tells.
    assertEquals([data, recovered], [[], true]);
    const again = await poll(first, { since: cursor, timeout: "0s" });
    assertEquals(again.recovered, false);
    const end = await blocks.event();
    assertEquals(end?.type, "disconnect");
    assertEquals(JSON.parse(end?.data ?? "").code, 3010);
    assertEquals(await blocks.next(), undefined);
    assertLess(performance.now() - from, BACK_WITHIN_MS);
    assertEquals(await stream(second, blocks.id, 1), ["lost"]);
  },
});

Deno.test({
  name:
    "Subscribers with positions that Redis has lost are told within 5 s, on both nodes, whether others publish in their place or not",
  ignore,
  async fn() {
    for (const isBusy of [false, true]) {
      await using scene = await open();
      const { first, second } = scene;
      await using a = await Follower.open(first.wsUrl, "room");
      await using b = await Follower.open(second.wsUrl, "room");
      await publish(first, ["lost 11"]);
      for (const follower of [a, b]) await follower.sees("lost 11");
      await scene.restart();
      const from = performance.now();
      if (isBusy) {
        await publish(second, ["new 9", "new 10", "new 11", "new 12"]);
      }
      for (const follower of [a, b]) {
        await eventually(() => follower.told[0]?.recovered !== undefined, {
          awaited: "a subscriber to be told",
        });
        const { code, at, recovered } = follower.told[0]!;
        assertEquals([code, recovered], [2500, false]);
        assertLess(at - from, BACK_WITHIN_MS);
      }
      await publish(first, ["end"]);
      for (const follower of [a, b]) {
        await follower.sees("end");
        assertEquals(follower.faults, []);
        assert(follower.told.every(({ code }) => code === 2500));
      }
    }
  },
});
