/** The promises about a broker that is killed for ten seconds, at a fifth of the time. */

import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../support/eventually.ts";
import { Follower } from "../support/follower.ts";
import type { RedisServerOptions } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";
import { isReady, RedisNodes } from "./redis_nodes.ts";

const ignore = requireTool("redis-server").missing;
const OUTAGE_MS = 2_000;
const BEFORE_MS = 500;
const CONVERGED_WITHIN_MS = 5_000;
/** Longest time that a refusal may take. */
const AT_ONCE_MS = 1_000;
/** Time between two publications of a publisher; all together fill no history. */
const PAUSE_MS = 20;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** One subscriber that publishes all the time, and what became of it. */
class Publisher {
  readonly follower: Follower;
  readonly acknowledged: string[] = [];
  refused = 0;
  #isDone = false;
  #done: Promise<void> | undefined;

  constructor(follower: Follower) {
    this.follower = follower;
  }

  start(name: string): void {
    this.#done = this.#run(name);
  }

  async stop(): Promise<void> {
    this.#isDone = true;
    await this.#done;
  }

  async #run(name: string): Promise<void> {
    for (let count = 0; !this.#isDone; count++) {
      const data = `${name} ${count}`;
      const { reply, ms } = await this.follower.publish(data);
      if (reply.error === undefined) this.acknowledged.push(data);
      else {
        this.refused++;
        const error = { code: 100, message: "internal error", temporary: true };
        assertEquals(reply.error, error);
        assertLess(ms, AT_ONCE_MS);
      }
      await pause(PAUSE_MS);
    }
  }
}

interface Outcome {
  readonly publishers: readonly Publisher[];
  /** Milliseconds from the return of Redis until all subscribers were told and had what was published then. */
  readonly convergedMs: number;
}

/** Kills Redis under two servers with a publisher each, and starts it again. */
async function kill(
  redis: RedisServerOptions,
  check: (outcome: Outcome) => void,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const env = { CHANNEL_HISTORY_SIZE: "1000" };
  const cluster = stack.use(await RedisNodes.start(2, { redis, env }));
  const publishers: Publisher[] = [];
  for (const { wsUrl } of cluster.nodes) {
    const follower = stack.use(await Follower.open(wsUrl, "room"));
    publishers.push(new Publisher(follower));
  }
  for (const [index, each] of publishers.entries()) each.start(`${index}`);
  await pause(BEFORE_MS);
  if (redis.durable !== true) await cluster.redis.save();
  await pause(BEFORE_MS);
  await cluster.redis.kill();
  await pause(OUTAGE_MS);
  await cluster.redis.start();
  const backAt = performance.now();
  for (const node of cluster.nodes) await isReady(node);
  for (const { follower } of publishers) {
    await eventually(() => follower.told.at(-1)?.recovered !== undefined, {
      awaited: "a subscriber to be told",
    });
  }
  for (const publisher of publishers) await publisher.stop();
  const last = await publishers[0]!.follower.publish("end");
  assertEquals(last.reply.error, undefined);
  for (const { follower } of publishers) await follower.sees("end");
  check({ publishers, convergedMs: performance.now() - backAt });
}

Deno.test({
  name:
    "Broker killed (kill -9) for 10 s: no acknowledged publication is lost (AOF, always), others get a temporary error, and all converge within 5 s after it returns",
  ignore,
  async fn() {
    await kill({ durable: true }, ({ publishers, convergedMs }) => {
      assertLess(convergedMs, CONVERGED_WITHIN_MS);
      const [first] = publishers;
      for (const { follower, acknowledged, refused } of publishers) {
        assert(refused > 0);
        assert(acknowledged.length > 0);
        assertEquals(follower.faults, []);
        assert(follower.told.every(({ recovered }) => recovered === true));
        assertEquals(follower.seen, first!.follower.seen);
        const seen = new Set(follower.seen);
        assertEquals(seen.size, follower.seen.length);
        const all = publishers.flatMap((each) => each.acknowledged);
        assertEquals(all.filter((data) => !seen.has(data)), []);
      }
    });
  },
});

Deno.test({
  name:
    "Broker killed (kill -9) for 10 s: where Redis has lost writes, every subscriber is told of the gap within 5 s after it returns",
  ignore,
  async fn() {
    await kill({}, ({ publishers, convergedMs }) => {
      assertLess(convergedMs, CONVERGED_WITHIN_MS);
      for (const { follower, refused } of publishers) {
        assert(refused > 0);
        assertEquals(follower.faults, []);
        const [{ code, recovered } = {}] = follower.told;
        assertEquals([code, recovered], [2500, false]);
      }
    });
  },
});
