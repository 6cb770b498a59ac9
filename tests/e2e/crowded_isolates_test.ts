/** The isolates of one real server, each with clients of its own: bursts, and the end of all of them. */

import { assertEquals, assertLess } from "@std/assert";
import { readCloseReason } from "../../lib/base/disconnect.ts";
import { deadline } from "../support/deadline.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import type { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const ISOLATES = 3;
const BURST = 20_000;
const PUBLISHERS = 4;
/** What a client sends before it lets others have a turn. */
const PER_TURN = 500;
const BURST_TIMEOUT_MS = 20_000;
/** Well before the server would end itself by force. */
const END_WITHIN_MS = 3_500;

/** A server, and on each of its isolates an SDK and a text client that are subscribed to "room". */
class Crowd implements AsyncDisposable {
  readonly server: TestServer;
  readonly followers: Follower[] = [];
  readonly texts: TextClient[] = [];
  readonly #doors: IsolateDoors;
  readonly #clients = new AsyncDisposableStack();

  private constructor(doors: IsolateDoors) {
    this.#doors = doors;
    this.server = doors.server;
  }

  static async open(): Promise<Crowd> {
    // All clients read in one process, and none is to be too slow for a burst.
    const env = { MAX_BUFFERED_BYTES: "100000000" };
    const crowd = new Crowd(await IsolateDoors.start(ISOLATES, env));
    try {
      for (const url of crowd.#doors.wsUrls) await crowd.#fill(url);
      return crowd;
    } catch (error) {
      await crowd[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** How many isolates have logged an event. */
  countOf(event: string): number {
    return this.server.logs.filter((line) => line.event === event).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#clients.disposeAsync();
    await this.#doors[Symbol.asyncDispose]();
  }

  async #fill(wsUrl: string): Promise<void> {
    const follower = await Follower.open(wsUrl, "room");
    this.followers.push(this.#clients.use(follower));
    const text = this.#clients.use(await TextClient.open(`${wsUrl}/ws`));
    text.send("+#room");
    assertEquals(await text.next(), "+#room");
    this.texts.push(text);
  }
}

/** Publishes a share of the burst; others have their turn now and then. */
async function publishAll(
  publish: (data: string) => unknown,
  name: string,
): Promise<void> {
  for (let index = 0; index < BURST / PUBLISHERS; index++) {
    publish(`${name}:${index}`);
    if (index % PER_TURN === 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

Deno.test(`A burst of ${BURST} publications by clients of three isolates reaches each subscriber of each isolate once and in one order`, async () => {
  await using crowd = await Crowd.open();
  const { followers, texts } = crowd;
  const publishers = [
    ...followers.slice(1).map((follower, index) =>
      publishAll((data) => follower.publish(data), `sdk ${index}`)
    ),
    ...texts.slice(1).map((text, index) =>
      publishAll((data) => text.send(`#room:${data}`), `text ${index}`)
    ),
  ];
  await Promise.all(publishers);
  const all = [
    ...followers.map(({ seen }) => seen),
    ...texts.map(({ pending }) => pending),
  ];
  await eventually(() => all.every(({ length }) => length >= BURST), {
    awaited: () => `${BURST} publications; got ${all.map((s) => s.length)}`,
    timeoutMs: BURST_TIMEOUT_MS,
  });
  const order = followers[0]!.seen;
  assertEquals(new Set(order).size, BURST);
  for (const follower of followers) {
    assertEquals([follower.told, follower.faults], [[], []]);
    assertEquals(follower.seen, order);
  }
  for (const { pending } of texts) {
    assertEquals(pending, order.map((data) => `#room:${data}`));
  }
  for (const name of ["sdk 0", "sdk 1", "text 0", "text 1"]) {
    const mine = order.filter((data) => `${data}`.startsWith(`${name}:`));
    const asPublished = mine.map((_, index) => `${name}:${index}`);
    assertEquals(mine, asPublished);
  }
});

/**
 * Asserts that all are told 3001, and that all isolates stop before anything forces
 * them to. Deno drops a connection at once when a message comes after its close was
 * asked for and before that is written: who talks has only the farewell of its protocol.
 */
async function assertDrain(
  crowd: Crowd,
  talkers: readonly Follower[] = [],
): Promise<void> {
  const { server, followers, texts } = crowd;
  const from = performance.now();
  server.signal("SIGTERM");
  for (const client of [...followers, ...texts]) {
    const { code, reason } = await deadline(client.closed, {
      awaited: "a client to be told",
    });
    if (client instanceof Follower) assertEquals(client.disconnectFrame, 3001);
    if (talkers.some((talker) => talker === client)) continue;
    const text = readCloseReason(reason).reason;
    assertEquals([code, text], [3001, "shutdown"]);
  }
  const { code, signal } = await deadline(server.exit, {
    awaited: "the server's end",
  });
  assertLess(performance.now() - from, END_WITHIN_MS);
  assertEquals({ code, signal }, { code: 0, signal: null });
  for (const event of ["signal", "draining", "stopped"]) {
    assertEquals(crowd.countOf(event), ISOLATES, event);
  }
}

Deno.test("SIGTERM closes every client of every isolate with 3001, and the process ends by itself", async () => {
  await using crowd = await Crowd.open();
  await crowd.followers[0]!.publish("the last");
  for (const follower of crowd.followers) await follower.sees("the last");
  await assertDrain(crowd);
  const { logs } = crowd.server;
  assertEquals(logs.filter(({ level }) => level === "error"), []);
});

Deno.test("SIGTERM in the middle of a burst does so too, and what clients have got until then is in one order", async () => {
  await using crowd = await Crowd.open();
  const { followers } = crowd;
  const publishing = followers.map(async (follower, index) => {
    for (let count = 0; follower.disconnectFrame === undefined; count++) {
      await follower.publish(`${index}:${count}`);
    }
  });
  await eventually(() => followers.every(({ seen }) => seen.length > 1_000), {
    awaited: () => `traffic; got ${followers.map(({ seen }) => seen.length)}`,
  });
  await assertDrain(crowd, followers);
  await Promise.all(publishing);
  const [longest] = followers.map(({ seen }) => seen)
    .toSorted((a, b) => b.length - a.length);
  for (const { seen, told, faults } of followers) {
    assertEquals(seen, longest!.slice(0, seen.length));
    assertEquals([told, faults], [[], []]);
  }
});
