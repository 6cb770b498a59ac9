/** The script of lost writes: a broker is killed and returns without its newest ones. Polls, event streams and SDK clients of two servers learn of the hole. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { BrokerNodes, isReady, statusOf } from "../support/broker_nodes.ts";
import { EventBlocks } from "../support/event_blocks.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import { LineStream } from "../support/line_stream.ts";
import type { TestServer } from "../support/server.ts";
import type { BrokerServer, SharedBroker } from "../support/shared_broker.ts";

/** Time within which a client learns of a hole once the broker is back. */
const BACK_WITHIN_MS = 5_000;
/** Time after which a client asks again for what is refused for now. */
const PAUSE_MS = 50;
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
  let response = await fetch(`${url}/poll?${search}`);
  // A broker that is away is no answer: a client asks again.
  while (response.status === 503) {
    await response.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    response = await fetch(`${url}/poll?${search}`);
  }
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

/** Two servers whose broker keeps eight publications and is about to lose two; and the cursors there. */
class Scene implements AsyncDisposable {
  readonly first: TestServer;
  readonly second: TestServer;
  /** Position that the broker keeps. */
  readonly kept: string;
  /** Position that it loses. */
  readonly lost: string;
  readonly kind: SharedBroker;
  readonly #cluster: BrokerNodes<BrokerServer>;
  readonly #putBack: () => Promise<void>;

  private constructor(
    cluster: BrokerNodes<BrokerServer>,
    fields: Pick<Scene, "kept" | "lost" | "kind">,
    putBack: () => Promise<void>,
  ) {
    [this.first, this.second] = serversOf(cluster);
    this.kept = fields.kept;
    this.lost = fields.lost;
    this.kind = fields.kind;
    this.#cluster = cluster;
    this.#putBack = putBack;
  }

  static async open(kind: SharedBroker): Promise<Scene> {
    await using stack = new AsyncDisposableStack();
    const cluster = stack.use(
      await BrokerNodes.start(2, {
        broker: () => kind.start({ durable: true }),
      }),
    );
    const [first, second] = serversOf(cluster);
    await publish(first, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    const kept = (await poll(first, {})).cursor;
    await cluster.broker.kill();
    const putBack = await cluster.broker.keep();
    await restart(cluster);
    await publish(first, ["lost 9", "lost 10"]);
    const { cursor: lost, data } = await poll(second, { since: kept });
    assertEquals(data, ["lost 9", "lost 10"]);
    stack.move();
    return new Scene(cluster, { kept, lost, kind }, putBack);
  }

  /** Kills the broker, and starts it without its newest publications. */
  async loseWrites(): Promise<void> {
    await this.#cluster.broker.kill();
    await this.#putBack();
    await restart(this.#cluster);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cluster[Symbol.asyncDispose]();
  }
}

function serversOf(
  { nodes: [first, second] }: BrokerNodes<BrokerServer>,
): [TestServer, TestServer] {
  assert(first !== undefined && second !== undefined);
  return [first, second];
}

/** Starts a broker again, once both servers know that it was away. */
async function restart(
  { broker, nodes }: BrokerNodes<BrokerServer>,
): Promise<void> {
  for (const node of nodes) {
    await eventually(async () => await statusOf(node, "/readyz") === 503, {
      awaited: "a node that is not ready",
    });
  }
  await broker.start();
  for (const node of nodes) await isReady(node, BACK_WITHIN_MS);
}

async function testReturn(scene: Scene): Promise<void> {
  const { first, second, kept, lost, kind } = scene;
  // Positions of the epoch before are valid up to what has survived.
  const continues = kind.newEpoch === "at each start";
  await scene.loseWrites();
  await publish(second, NEW);
  for (const node of [first, second]) {
    const hole = await poll(node, { since: lost, timeout: "0s" });
    assertEquals([hole.recovered, hole.data], [false, []]);
    const rest = await poll(node, { since: kept, timeout: "0s" });
    const expected = continues ? [true, NEW] : [false, []];
    assertEquals([rest.recovered, rest.data], expected);
    for (const { cursor } of [hole, rest]) {
      const next = await poll(node, { since: cursor, timeout: "0s" });
      assertEquals([next.recovered, next.data], [true, []]);
    }
    assertEquals(await stream(node, lost, 1), ["lost"]);
    const events = continues ? NEW : ["lost"];
    assertEquals(await stream(node, kept, events.length), events);
  }
}

async function testWaiting(scene: Scene): Promise<void> {
  const { first, second, lost } = scene;
  const waiting = poll(first, { since: lost, timeout: "60s" });
  const headers = { "Last-Event-ID": lost };
  await using lines = await LineStream.open(`${second.url}/sse?channel=room`, {
    headers,
  });
  const blocks = new EventBlocks(lines);
  await blocks.next();
  await scene.loseWrites();
  const from = performance.now();
  const { data, cursor, recovered } = await waiting;
  assertEquals(data, []);
  // Where the poll was waiting, the cursor has not moved: the next one tells.
  if (recovered) {
    const again = await poll(first, { since: cursor, timeout: "0s" });
    assertEquals(again.recovered, false);
  }
  const end = await blocks.event();
  assertEquals(end?.type, "disconnect");
  assertEquals(JSON.parse(end?.data ?? "").code, 3010);
  assertEquals(await blocks.next(), undefined);
  assertLess(performance.now() - from, BACK_WITHIN_MS);
  assertEquals(await stream(second, blocks.id, 1), ["lost"]);
}

async function testSubscribers(
  scene: Scene,
  publishMeanwhile: boolean,
): Promise<void> {
  const { first, second } = scene;
  await using a = await Follower.open(first.wsUrl, "room", scene.kind);
  await using b = await Follower.open(second.wsUrl, "room", scene.kind);
  await publish(first, ["lost 11"]);
  for (const follower of [a, b]) await follower.sees("lost 11");
  await scene.loseWrites();
  const from = performance.now();
  if (publishMeanwhile) {
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

/** Registers the script for a kind of broker. */
export function testLostWrites(kind: SharedBroker): void {
  const { name, missing } = kind;
  const subscribers = `Subscribers with positions that ${name} has lost`;
  for (
    const [sentence, run] of [
      [
        `A poll and an event stream from a position that ${name} has lost learn of it on every node, and from one that it has kept get all that is new or learn of it`,
        testReturn,
      ],
      [
        `A poll that waits and an event stream that is open while ${name} loses a position learn of it within 5 s`,
        testWaiting,
      ],
      [
        `${subscribers} are told within 5 s, on both nodes`,
        (scene: Scene) => testSubscribers(scene, false),
      ],
      [
        `${subscribers} are told within 5 s, on both nodes, while others publish in their place`,
        (scene: Scene) => testSubscribers(scene, true),
      ],
    ] as const
  ) {
    Deno.test({
      name: sentence,
      ignore: missing,
      async fn() {
        await using scene = await Scene.open(kind);
        await run(scene);
      },
    });
  }
}
