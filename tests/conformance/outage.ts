/** The outage script: a broker is killed under servers with clients, and comes back. What clients and operators are told meanwhile and afterwards. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { connect } from "../e2e/text_server.ts";
import { BrokerNodes, isReady, statusOf } from "../support/broker_nodes.ts";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import type { BrokerServer, SharedBroker } from "../support/shared_broker.ts";

/** The pauses between two attempts have grown to their longest by then. */
const OUTAGE_MS = 4_000;
/** What is refused must not wait for anything. */
const AT_ONCE_MS = 1_000;
/** The promise: so long after the broker is back all is well, or told. */
const BACK_WITHIN_MS = 5_000;
/** Publications that a subscriber gets back at most. */
const RECOVERABLE = 300;

/** Two servers, and a subscriber of each. */
interface Scene extends AsyncDisposable {
  readonly kind: SharedBroker;
  readonly cluster: BrokerNodes<BrokerServer>;
  readonly followers: readonly [Follower, Follower];
}

async function open(kind: SharedBroker): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(
    await BrokerNodes.start(2, {
      broker: () => kind.start({ durable: true }),
      env: { CHANNEL_HISTORY_SIZE: "1000" },
    }),
  );
  const [a, b] = cluster.nodes;
  const first = stack.use(await Follower.open(a!.wsUrl, "room", kind));
  const second = stack.use(await Follower.open(b!.wsUrl, "room", kind));
  const all = stack.move();
  return {
    kind,
    cluster,
    followers: [first, second],
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Asserts what everybody is answered while the broker is away. */
async function assertRefusals({ cluster, followers }: Scene): Promise<void> {
  await using stack = new AsyncDisposableStack();
  for (const node of cluster.nodes) {
    const text = stack.use(await connect(node));
    const from = performance.now();
    text.send("#room:lost");
    assertEquals(await text.next(), "error:100 internal error");
    assertLess(performance.now() - from, AT_ONCE_MS);
    assertEquals(await statusOf(node, "/readyz"), 503);
    assertEquals(await statusOf(node, "/healthz"), 200);
  }
  for (const follower of followers) {
    const { reply, ms } = await follower.publish("lost");
    const error = { code: 100, message: "internal error", temporary: true };
    assertEquals(reply.error, error);
    assertLess(ms, AT_ONCE_MS);
  }
}

/** Asserts that the log has few lines of an outage, and none for what was refused. */
function assertQuiet({ kind, cluster }: Scene): void {
  for (const { logs } of cluster.nodes) {
    const countOf = (event: string) =>
      logs.filter((line) => line.event === event).length;
    assertEquals(logs.filter(({ level }) => level === "error"), []);
    // The end of the connection, and why the next one does not come about.
    assertLess(countOf(`${kind.event}_failed`), 4);
    assertEquals(countOf(`${kind.event}_ready`), 2);
  }
}

/** Kills the broker for a while, in which all is refused; resolves with the time at which it is back. */
async function outlive(
  scene: Scene,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const { broker } = scene.cluster;
  const from = performance.now();
  await broker.kill();
  await eventually(async () => {
    await assertRefusals(scene);
    return performance.now() - from > OUTAGE_MS;
  }, { awaited: "the end of the outage", timeoutMs: OUTAGE_MS * 2 });
  await meanwhile();
  await broker.start();
  const backAt = performance.now();
  for (const node of scene.cluster.nodes) await isReady(node, BACK_WITHIN_MS);
  return backAt;
}

/** Subscribers of a broker that has lost everything are told that, and go on. */
async function testLoss(scene: Scene): Promise<void> {
  const { cluster, followers: [first, second] } = scene;
  await using text = await connect(cluster.nodes[1]!);
  text.send("+#room");
  await text.next();
  await first.publish("before");
  for (const follower of [first, second]) await follower.sees("before");
  const backAt = await outlive(scene, () => cluster.broker.forget());
  for (const follower of [first, second]) {
    await eventually(() => follower.told[0]?.recovered !== undefined, {
      awaited: "a subscriber to be told",
    });
    const { code, at, recovered } = follower.told[0]!;
    assertEquals({ code, recovered }, { code: 2500, recovered: false });
    assertLess(at - backAt, BACK_WITHIN_MS);
  }
  await second.publish("after");
  for (const follower of [first, second]) {
    await follower.sees("after");
    assertEquals(follower.seen, ["before", "after"]);
    assertEquals(follower.told.length, 1);
    assertEquals(follower.faults, []);
  }
  assertQuiet(scene);
  assertEquals(
    [await text.next(), await text.next()],
    ["#room:before", "#room:after"],
  );
}

/** Subscribers of a broker that has lost nothing miss nothing. */
async function testReturn(scene: Scene): Promise<void> {
  const { kind, followers } = scene;
  const [first, second] = followers;
  await first.publish("before");
  for (const follower of followers) await follower.sees("before");
  const backAt = await outlive(scene);
  await second.publish("after");
  for (const follower of followers) await follower.sees("after");
  // By then every position has been compared.
  await eventually(() => performance.now() > backAt + BACK_WITHIN_MS / 2, {
    awaited: "the positions to be compared",
  });
  await first.publish("end");
  const recovery = kind.newEpoch === "at each start" ? [[2500, true]] : [];
  for (const follower of followers) {
    await follower.sees("end");
    assertEquals(follower.seen, ["before", "after", "end"]);
    const told = follower.told.map(({ code, recovered }) => [code, recovered]);
    assertEquals([told, follower.faults], [recovery, []]);
  }
  assertQuiet(scene);
}

/** What was acknowledged around a kill is seen, whatever was under way. */
async function testLoad({ cluster, followers }: Scene): Promise<void> {
  const [first, second] = followers;
  const acknowledged: string[] = [];
  let most = Infinity;
  const publishing = Array.from({ length: 50 }, async (_, publisher) => {
    for (let count = 0; acknowledged.length < most; count++) {
      const data = `${publisher}:${count}`;
      const { reply } = await first.publish(data);
      if (reply.error === undefined) acknowledged.push(data);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  await eventually(() => second.seen.length > 500, { awaited: "traffic" });
  await cluster.broker.kill();
  // One node is back before the other; what that one misses can be recovered.
  most = acknowledged.length + RECOVERABLE / 2;
  await cluster.broker.start();
  await Promise.all(publishing);
  for (const node of cluster.nodes) await isReady(node, BACK_WITHIN_MS);
  await second.publish("end");
  for (const follower of [first, second]) {
    await follower.sees("end");
    assertEquals(follower.faults, []);
    assert(follower.told.every(({ recovered }) => recovered === true));
    assertEquals(new Set(follower.seen).size, follower.seen.length);
  }
  assertEquals(second.seen, first.seen);
  const seen = new Set(first.seen);
  assertEquals(acknowledged.filter((data) => !seen.has(data)), []);
}

/** Registers the script for a kind of broker. */
export function testOutage(kind: SharedBroker): void {
  const { name, missing } = kind;
  for (
    const [sentence, run] of [
      [
        "is down for seconds, all is refused at once; back without its data, subscribers are told within 5 s and all goes on",
        testLoss,
      ],
      [
        "comes back with its data after seconds, each subscriber has everything, once and in order",
        testReturn,
      ],
      [
        "is killed in the middle of publications, each that was acknowledged is seen on every node, once and in one order",
        testLoad,
      ],
    ] as const
  ) {
    Deno.test({
      name: `When ${name} ${sentence}`,
      ignore: missing,
      async fn() {
        await using scene = await open(kind);
        await run(scene);
      },
    });
  }
}
