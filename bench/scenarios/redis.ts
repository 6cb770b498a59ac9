/** Redis: how fast one node publishes to a thousand channels, beside the plainest stream of the same Redis. */

import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { eventually } from "../../tests/support/eventually.ts";
import { RedisServer } from "../../tests/support/redis_server.ts";
import type { Contest } from "../contest.ts";
import { payloadOf } from "../dialects.ts";
import { onAllCores } from "../pinning.ts";
import { processTimes, type ThreadTimes } from "../process_stat.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";

const KEPT = 100;
const PIPELINE = 64;
/** Publishers on the node; each has as many publications in flight as a pipeline. */
const PUBLISHERS = 16;
const CHANNELS = 1_000;

/** Publications per second, beside `redis-benchmark`. */
export function redisContests({ bytes, isQuick }: Setting): Contest[] {
  const messages = isQuick ? 50_000 : 200_000;
  const load = { bytes, messages };
  return [{
    title: `Redis, ${CHANNELS} channels`,
    load: `One node publishes ${messages} times ${bytes} bytes to ` +
      `${CHANNELS} channels in turn, which are kept, and gets them all back; ` +
      `redis-benchmark adds as many to one stream, ${PIPELINE} in a pipeline. ` +
      "The CPU time is that of the node or of Redis, whichever is busier.",
    contenders: [
      { name: "Thrum", measure: () => onNewRedis(publishAll, load) },
      { name: "redis-benchmark", measure: () => onNewRedis(addAll, load) },
    ],
    figures: ["rate", "cpuMicros"],
    marks: [{
      title: `Redis, ${CHANNELS} channels, against redis-benchmark's XADD`,
      above: { of: "Thrum", figure: "rate" },
      below: [{ of: "redis-benchmark", figure: "rate" }],
      must: 0.4,
      goal: 0.6,
    }],
    turnMs: isQuick ? 2_000 : 4_000,
  }];
}

interface RedisLoad {
  readonly bytes: number;
  readonly messages: number;
}

function onNewRedis(
  measure: (server: RedisServer, load: RedisLoad) => Promise<Sample>,
  load: RedisLoad,
): Promise<Sample> {
  return onAllCores(async () => {
    await using server = await RedisServer.start();
    return await measure(server, load);
  });
}

/** Sees that every publication of every channel comes back, in order. */
class Listener {
  delivered = 0;
  /** What came out of order first. */
  failure: Error | undefined;
  readonly #next = new Map<string, number>();

  deliver(channel: string, payload: string): boolean {
    const number = Number(payload.slice(1, 9));
    const due = this.#next.get(channel) ?? number % CHANNELS;
    if (number !== due) {
      this.failure ??= new Error(
        `Cannot count: ${channel} got message ${number}, and message ${due} was due`,
      );
    }
    this.#next.set(channel, number + CHANNELS);
    this.delivered++;
    return true;
  }
}

async function publishAll(
  server: RedisServer,
  { bytes, messages }: RedisLoad,
): Promise<Sample> {
  const clock = systemClock;
  const random = systemRandom;
  const link = await connectRedis(server.url, { clock, random });
  const broker = new RedisBroker({ link, clock, random });
  const listener = new Listener();
  broker.start({
    deliver: ({ channel, payload }) =>
      listener.deliver(channel, String(payload)),
    answer: () => undefined,
    checkPositions: () => {},
  });
  try {
    await eventually(() => broker.ready, { awaited: "Redis" });
    for (let index = 0; index < CHANNELS; index++) {
      await broker.subscribe(`room${index}`);
    }
    const publish = publisher(broker, bytes);
    await publish(messages / 10);
    const already = listener.delivered;
    const begin = { node: processTimes(Deno.pid), ...beginOf(server) };
    await publish(messages);
    await eventually(() => listener.delivered >= already + messages, {
      awaited: "all publications",
    });
    const node = difference(processTimes(Deno.pid), begin.node);
    if (listener.failure !== undefined) throw listener.failure;
    return sampleOf(server, { messages, begin, node });
  } finally {
    await broker.close();
  }
}

/** Publishes so many more times, a new batch for each that is done. */
function publisher(broker: RedisBroker, bytes: number) {
  const history = { size: KEPT, ttlMs: 60_000 };
  const template = payloadOf(bytes);
  let next = 0;
  const publishOne = () => {
    const number = next++;
    const seq = String(number).padStart(8, "0");
    return broker.publish({
      channel: `room${number % CHANNELS}`,
      payload: template.replace("{seq}", seq),
      history,
    });
  };
  return async (messages: number) => {
    const end = next + messages;
    const publishSome = async () => {
      while (next < end) {
        const size = Math.min(PIPELINE, end - next);
        await Promise.all(Array.from({ length: size }, publishOne));
      }
    };
    await Promise.all(Array.from({ length: PUBLISHERS }, publishSome));
  };
}

/** Lets `redis-benchmark` add as many to a stream of the same length. */
async function addAll(
  server: RedisServer,
  { bytes, messages }: RedisLoad,
): Promise<Sample> {
  const begin = beginOf(server);
  const { stdout, success } = await new Deno.Command("redis-benchmark", {
    args: [
      ...["-p", String(server.port), "-n", String(messages), "-c", "1"],
      ...["-P", String(PIPELINE), "--csv"],
      ...["XADD", "plain", "MAXLEN", String(KEPT), "*", "d", "x".repeat(bytes)],
    ],
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const [, rate] = lines.at(-1)?.split(/","|",|"/).filter(Boolean) ?? [];
  if (!success || !(Number(rate) > 0)) {
    throw new Error(`Cannot read what redis-benchmark says: ${lines}`);
  }
  // It knows better than we when it began.
  return sampleOf(server, { messages, begin, rate: Number(rate) });
}

/** What was there when a measurement began. */
interface Begin {
  readonly startMs: number;
  readonly redis: ThreadTimes;
}

function beginOf({ pid }: RedisServer): Begin {
  return { startMs: performance.now(), redis: processTimes(pid) };
}

function difference(after: ThreadTimes, before: ThreadTimes): ThreadTimes {
  return {
    cpu: after.cpu - before.cpu,
    waited: after.waited - before.waited,
  };
}

interface Measured {
  readonly messages: number;
  readonly begin: Begin;
  readonly rate?: number;
  /** The process that published, if its times are known. */
  readonly node?: ThreadTimes;
}

function sampleOf(
  { pid }: RedisServer,
  { messages, begin, rate, node }: Measured,
): Sample {
  const seconds = (performance.now() - begin.startMs) / 1000;
  const redis = difference(processTimes(pid), begin.redis);
  const cpu = Math.max(redis.cpu, node?.cpu ?? 0);
  const waited = Math.max(redis.waited, node?.waited ?? 0);
  return {
    values: {
      rate: rate ?? messages / seconds,
      cpuMicros: cpu * 1e6 / messages,
    },
    cores: {
      server: cpu / seconds,
      besideServer: waited / seconds,
      generator: 0,
      besideGenerator: 0,
    },
  };
}
