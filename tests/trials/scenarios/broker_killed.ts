/** A Redis that is killed under two servers, and comes back: with all that it acknowledged, or without its newest writes. */

import { assertEquals } from "@std/assert";
import { eventually } from "../../support/eventually.ts";
import { Follower } from "../../support/follower.ts";
import type { RedisServerOptions } from "../../support/redis_server.ts";
import { isReady, RedisNodes } from "../../e2e/redis_nodes.ts";
import { createTrial, type Figure, none, type Progress } from "./trial.ts";
import { pause } from "./wait.ts";

interface Scale {
  readonly outageMs: number;
}

/** Code with which the hub ends a subscription that may have missed something. */
const INSUFFICIENT_STATE = 2500;
const BEFORE_MS = 500;
const CONVERGED_WITHIN_MS = 5_000;
/** Longest time that a refusal may take. */
const AT_ONCE_MS = 1_000;
/** Time between two publications of a publisher; all together fill no history. */
const PAUSE_MS = 20;

/** One subscriber that publishes all the time, and what became of it. */
class Publisher {
  readonly follower: Follower;
  readonly acknowledged: string[] = [];
  refused = 0;
  /** Longest time that a refusal took. */
  slowestMs = 0;
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
        this.slowestMs = Math.max(this.slowestMs, ms);
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
  outageMs: number,
): Promise<Outcome> {
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
  await pause(outageMs);
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
  return { publishers, convergedMs: performance.now() - backAt };
}

/** Figures that both kinds of Redis must reach. */
function common(kind: string, { publishers, convergedMs }: Outcome): Figure[] {
  const refused = publishers.map(({ refused }) => refused);
  const faults = publishers.flatMap(({ follower }) => follower.faults);
  return [
    {
      name: `${kind}: temporary errors meanwhile, to each`,
      value: Math.min(...refused),
      atLeast: 1,
    },
    {
      name: `${kind}: slowest refusal`,
      value: Math.max(...publishers.map(({ slowestMs }) => slowestMs)),
      unit: "ms",
      atMost: AT_ONCE_MS,
    },
    {
      name: `${kind}: converged`,
      value: convergedMs,
      unit: "ms",
      atMost: CONVERGED_WITHIN_MS,
    },
    none(`${kind}: gaps without notice`, faults.length),
  ];
}

/** A Redis with a log of all writes loses nothing that it acknowledged. */
async function keepAll(outageMs: number): Promise<Figure[]> {
  const outcome = await kill({ durable: true }, outageMs);
  const { publishers } = outcome;
  const acknowledged = publishers.flatMap((each) => each.acknowledged);
  const [first] = publishers;
  let lost = 0;
  let twice = 0;
  let disorder = 0;
  let unrecovered = 0;
  for (const { follower: { seen, told } } of publishers) {
    const known = new Set(seen);
    lost += acknowledged.filter((data) => !known.has(data)).length;
    twice += seen.length - known.size;
    const order = first!.follower.seen;
    disorder += seen.filter((data, index) => data !== order[index]).length;
    unrecovered += told.filter(({ recovered }) => recovered !== true).length;
  }
  return [
    ...common("AOF", outcome),
    {
      name: "AOF: acknowledged publications",
      value: acknowledged.length,
      atLeast: 1,
    },
    none("AOF: acknowledged and lost", lost),
    none("AOF: twice", twice),
    none("AOF: in another order", disorder),
    none("AOF: subscribers that did not recover", unrecovered),
  ];
}

/** A Redis that has lost writes has a gap, and each subscriber is notified of it. */
async function keepSome(outageMs: number): Promise<Figure[]> {
  const outcome = await kill({}, outageMs);
  const unaware = outcome.publishers.filter(({ follower }) => {
    const [{ code, recovered } = {}] = follower.told;
    return code !== INSUFFICIENT_STATE || recovered !== false;
  });
  return [
    ...common("RDB", outcome),
    none("RDB: subscribers that do not know of the gap", unaware.length),
  ];
}

async function scenario(
  { outageMs }: Scale,
  progress: Progress,
): Promise<readonly Figure[]> {
  const all = await keepAll(outageMs);
  progress("with a log of all writes");
  return [...all, ...await keepSome(outageMs)];
}

export const brokerKilled = createTrial({
  name: "broker",
  promise:
    "A Redis that is killed for 10 s loses no acknowledged publication, and all converge within 5 s",
  needs: ["redis-server"],
  scales: { ci: { outageMs: 1_500 }, full: { outageMs: 10_000 } },
  scenario,
});
