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
import { processCpuSeconds } from "../process_stat.ts";
import type { Sample } from "../sample.ts";
import type { Setting } from "../scenario.ts";

const KEPT = 100;
const PIPELINE = 64;
/** Publications in flight; a turn of the event loop sends them together. */
const WINDOW = 1_024;
const CHANNELS = 1_000;

/** Publications per second, beside `redis-benchmark`. */
export function redisContests({ bytes, isQuick }: Setting): Contest[] {
  const messages = isQuick ? 50_000 : 200_000;
  const load = { bytes, messages };
  return [{
    title: `Redis, ${CHANNELS} channels`,
    load: `One node publishes ${messages} times ${bytes} bytes to ` +
      `${CHANNELS} channels in turn, which are kept, and gets them all back; ` +
      `redis-benchmark adds as many to one stream, ${PIPELINE} in a pipeline.`,
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
    await publish(0, WINDOW);
    const before = processCpuSeconds(Deno.pid);
    const startMs = performance.now();
    for (let sent = WINDOW; sent < messages; sent += WINDOW) {
      await publish(sent, Math.min(sent + WINDOW, messages));
    }
    await eventually(() => listener.delivered >= messages, {
      awaited: "all publications",
    });
    if (listener.failure !== undefined) throw listener.failure;
    const seconds = (performance.now() - startMs) / 1000;
    const cpu = processCpuSeconds(Deno.pid) - before;
    return sampleOf(messages - WINDOW, { seconds, cpu });
  } finally {
    await broker.close();
  }
}

function publisher(broker: RedisBroker, bytes: number) {
  const history = { size: KEPT, ttlMs: 60_000 };
  const template = payloadOf(bytes);
  return async (from: number, to: number) => {
    const sending = [];
    for (let number = from; number < to; number++) {
      const payload = template.replace(
        "{seq}",
        String(number).padStart(8, "0"),
      );
      const channel = `room${number % CHANNELS}`;
      sending.push(broker.publish({ channel, payload, history }));
    }
    await Promise.all(sending);
  };
}

/** Entries per second that `redis-benchmark` adds to a stream of the same length. */
async function addAll(
  { port }: RedisServer,
  { bytes, messages }: RedisLoad,
): Promise<Sample> {
  const { stdout, success } = await new Deno.Command("redis-benchmark", {
    args: [
      ...["-p", String(port), "-n", String(messages), "-c", "1"],
      ...["-P", String(PIPELINE), "--csv"],
      ...["XADD", "plain", "MAXLEN", String(KEPT), "*", "d", "x".repeat(bytes)],
    ],
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const [, rate] = lines.at(-1)?.split(/","|",|"/).filter(Boolean) ?? [];
  if (!success || !(Number(rate) > 0)) {
    throw new Error(`Cannot read what redis-benchmark says: ${lines}`);
  }
  return sampleOf(messages, { seconds: messages / Number(rate) });
}

function sampleOf(
  messages: number,
  { seconds, cpu }: { readonly seconds: number; readonly cpu?: number },
): Sample {
  const cpuMicros = cpu === undefined ? undefined : cpu * 1e6 / messages;
  return { values: { rate: messages / seconds, cpuMicros } };
}
