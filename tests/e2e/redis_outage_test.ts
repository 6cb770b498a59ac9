/** Redis is killed under servers with clients: what clients and operators are told meanwhile and afterwards. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import type { RedisServerOptions } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isReady, RedisNodes, statusOf } from "./redis_nodes.ts";
import { connect } from "./text_server.ts";

const ignore = requireTool("redis-server").missing;
/** The pauses between two attempts have grown to their longest by then. */
const OUTAGE_MS = 4_000;
/** What is refused must not wait for anything. */
const AT_ONCE_MS = 1_000;
/** The promise: so long after Redis is back all is well, or told. */
const BACK_WITHIN_MS = 5_000;
/** Publications that a subscriber gets back at most. */
const RECOVERABLE = 300;

/** Two servers, and who is connected to each. */
interface Scene extends AsyncDisposable {
  readonly cluster: RedisNodes;
  readonly followers: readonly [Follower, Follower];
}

async function open(
  redis: RedisServerOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const cluster = stack.use(await RedisNodes.start(2, { redis, env }));
  const [a, b] = cluster.nodes;
  const first = stack.use(await Follower.open(a!.wsUrl, "room"));
  const second = stack.use(await Follower.open(b!.wsUrl, "room"));
  const all = stack.move();
  return {
    cluster,
    followers: [first, second],
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Asserts what everybody is answered while Redis is away, again and again. */
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
function assertQuiet({ cluster }: Scene): void {
  for (const { logs } of cluster.nodes) {
    const countOf = (event: string) =>
      logs.filter((line) => line.event === event).length;
    assertEquals(logs.filter(({ level }) => level === "error"), []);
    // The end of the connection, and why the next one does not come about.
    assertLess(countOf("redis_failed"), 4);
    assertEquals(countOf("redis_ready"), 2);
  }
}

/** Kills Redis for a while, in which all is refused; resolves with when it is back. */
async function outlive(scene: Scene): Promise<number> {
  const { redis } = scene.cluster;
  const from = performance.now();
  await redis.kill();
  await eventually(async () => {
    await assertRefusals(scene);
    return performance.now() - from > OUTAGE_MS;
  }, { awaited: "the end of the outage", timeoutMs: OUTAGE_MS * 2 });
  await redis.start();
  return performance.now();
}

Deno.test({
  name:
    "While Redis is down for seconds all is refused at once; back without its data, subscribers are told within 5 s and all goes on",
  ignore,
  async fn() {
    await using scene = await open({});
    const { cluster, followers: [first, second] } = scene;
    await using text = await connect(cluster.nodes[1]!);
    text.send("+#room");
    await text.next();
    await first.publish("before");
    for (const follower of [first, second]) await follower.sees("before");
    const backAt = await outlive(scene);
    for (const node of cluster.nodes) await isReady(node);
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
  },
});

Deno.test({
  name:
    "Redis that comes back with its data after seconds: each subscriber recovers once, and has missed nothing",
  ignore,
  async fn() {
    await using scene = await open({ durable: true });
    const { cluster, followers } = scene;
    const [first, second] = followers;
    await first.publish("before");
    for (const follower of followers) await follower.sees("before");
    const backAt = await outlive(scene);
    for (const node of cluster.nodes) await isReady(node);
    await second.publish("after");
    for (const follower of followers) await follower.sees("after");
    // By then every position has been compared.
    await eventually(() => performance.now() > backAt + BACK_WITHIN_MS / 2, {
      awaited: "the positions to be compared",
    });
    await first.publish("end");
    for (const follower of followers) {
      await follower.sees("end");
      assertEquals(follower.seen, ["before", "after", "end"]);
      const told = follower.told.map((
        { code, recovered },
      ) => [code, recovered]);
      assertEquals([told, follower.faults], [[[2500, true]], []]);
    }
  },
});

Deno.test({
  name:
    "Redis is killed in the middle of publications: each that was acknowledged is seen on every node, once and in one order",
  ignore,
  async fn() {
    await using scene = await open({ durable: true }, {
      CHANNEL_HISTORY_SIZE: "1000",
    });
    const { cluster, followers: [first, second] } = scene;
    const acknowledged: string[] = [];
    let most = Infinity;
    const publishing = Array.from({ length: 50 }, async (_, publisher) => {
      for (let count = 0; acknowledged.length < most; count++) {
        const data = `${publisher}:${count}`;
        const { reply } = await first.publish(data);
        if (reply.error === undefined) acknowledged.push(data);
      }
    });
    await eventually(() => second.seen.length > 500, { awaited: "traffic" });
    await cluster.redis.kill();
    // One node is back before the other; what that one misses can be recovered.
    most = acknowledged.length + RECOVERABLE / 2;
    await cluster.redis.start();
    await Promise.all(publishing);
    for (const node of cluster.nodes) await isReady(node);
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
  },
});
