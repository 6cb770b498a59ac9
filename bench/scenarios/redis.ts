/** Redis: how fast one node publishes, beside the plainest stream of the same Redis. */

import { RedisBroker } from "../../lib/broker/redis.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemChance, systemClock } from "../../lib/clock.ts";
import { eventually } from "../../tests/support/eventually.ts";
import { RedisServer } from "../../tests/support/redis_server.ts";
import { figure, table } from "../report.ts";
import { median } from "../statistics.ts";

const MESSAGES = 200_000;
const KEPT = 100;
const PIPELINE = 64;
/** Publications in flight; a turn of the event loop sends them together. */
const WINDOW = 1_024;

/** How much is published, and how often. */
export interface RedisOptions {
  readonly bytes: number;
  readonly rounds: number;
}

/** Publishes by Thrum and by `redis-benchmark` in turns; returns the report. */
export async function measureRedis(
  { bytes, rounds }: RedisOptions,
): Promise<string> {
  await using server = await RedisServer.start();
  const clock = systemClock;
  const chance = systemChance;
  const link = await connectRedis(server.url, { clock, chance });
  const broker = new RedisBroker({ link, clock, chance });
  broker.start({
    deliver: () => true,
    answer: () => undefined,
    checkPositions: () => {},
  });
  try {
    await eventually(() => broker.ready, { awaited: "Redis" });
    await broker.subscribe("room");
    const rates: [thrum: number, plain: number][] = [];
    for (let round = 0; round <= rounds; round++) {
      const thrum = await publishAll(broker, "x".repeat(bytes));
      const plain = await addAll(server.port, bytes);
      // The first round warms up.
      if (round > 0) rates.push([thrum, plain]);
    }
    return report(rates);
  } finally {
    await broker.close();
  }
}

/** Publications per second, each seen by a subscriber of this node too. */
async function publishAll(
  broker: RedisBroker,
  payload: string,
): Promise<number> {
  const keep = { size: KEPT, ttlMs: 60_000 };
  const start = performance.now();
  for (let sent = 0; sent < MESSAGES; sent += WINDOW) {
    await Promise.all(
      Array.from(
        { length: WINDOW },
        () => broker.publish({ channel: "room", payload, keep }),
      ),
    );
  }
  return MESSAGES / (performance.now() - start) * 1000;
}

/** Entries per second that `redis-benchmark` adds to a stream of the same length. */
async function addAll(port: number, bytes: number): Promise<number> {
  const { stdout, success } = await new Deno.Command("redis-benchmark", {
    args: [
      ...["-p", String(port), "-n", String(MESSAGES), "-c", "1"],
      ...["-P", String(PIPELINE), "--csv"],
      ...["XADD", "plain", "MAXLEN", String(KEPT), "*", "d", "x".repeat(bytes)],
    ],
  }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  const [, rate] = lines.at(-1)?.split(/","|",|"/).filter(Boolean) ?? [];
  if (success && Number(rate) > 0) return Number(rate);
  throw new Error(`Cannot read what redis-benchmark says: ${lines}`);
}

function report(rates: readonly [number, number][]): string {
  const ratios = rates.map(([thrum, plain]) => thrum / plain);
  const of = (side: 0 | 1) => figure(median(rates.map((pair) => pair[side])));
  return table([
    ["median of the rounds", "publications/s", "ratio", "min", "max"],
    [`XADD, ${PIPELINE} in a pipeline`, of(1), "", "", ""],
    [
      "thrum, to a subscribed node",
      of(0),
      figure(median(ratios), 2),
      figure(Math.min(...ratios), 2),
      figure(Math.max(...ratios), 2),
    ],
  ]);
}
