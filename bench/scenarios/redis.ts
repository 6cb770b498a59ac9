/** Redis: how fast one node publishes, beside the plainest stream of the same Redis. */

import { RedisBroker } from "../../lib/broker/redis/broker.ts";
import { connectRedis } from "../../lib/broker/redis/connect.ts";
import { systemClock } from "../../lib/base/clock.ts";
import { systemRandom } from "../../lib/base/random.ts";
import { eventually } from "../../tests/support/eventually.ts";
import { RedisServer } from "../../tests/support/redis_server.ts";
import { figure, table } from "../report.ts";
import { median } from "../statistics.ts";

const MESSAGES = 200_000;
const KEPT = 100;
const PIPELINE = 64;
/** Publications in flight; a turn of the event loop sends them together. */
const WINDOW = 1_024;
/** What is published to one channel is joined; to many channels, each is a script of its own. */
const CHANNELS = [1, 1_000] as const;

/** How much is published, and how often. */
export interface RedisOptions {
  readonly bytes: number;
  readonly rounds: number;
}

/** Per second, in one round. */
interface Rates {
  readonly plain: number;
  /** One for each of {@linkcode CHANNELS}. */
  readonly thrum: readonly number[];
}

/** Publishes by Thrum and by `redis-benchmark` in turns; returns the report. */
export async function measureRedis(
  { bytes, rounds }: RedisOptions,
): Promise<string> {
  await using server = await RedisServer.start();
  const clock = systemClock;
  const random = systemRandom;
  const link = await connectRedis(server.url, { clock, random });
  const broker = new RedisBroker({ link, clock, random });
  broker.start({
    deliver: () => true,
    answer: () => undefined,
    checkPositions: () => {},
  });
  try {
    await eventually(() => broker.ready, { awaited: "Redis" });
    for (let index = 0; index < Math.max(...CHANNELS); index++) {
      await broker.subscribe(`room${index}`);
    }
    const rates: Rates[] = [];
    for (let round = 0; round <= rounds; round++) {
      const plain = await addAll(server.port, bytes);
      const thrum = [];
      for (const channels of CHANNELS) {
        thrum.push(await publishAll(broker, { bytes, channels }));
      }
      // The first round warms up.
      if (round > 0) rates.push({ plain, thrum });
    }
    return report(rates);
  } finally {
    await broker.close();
  }
}

/** Publications per second, each seen by a subscriber of this node too. */
async function publishAll(
  broker: RedisBroker,
  { bytes, channels }: { readonly bytes: number; readonly channels: number },
): Promise<number> {
  const payload = "x".repeat(bytes);
  const keep = { size: KEPT, ttlMs: 60_000 };
  const start = performance.now();
  for (let sent = 0; sent < MESSAGES; sent += WINDOW) {
    await Promise.all(
      Array.from({ length: WINDOW }, (_, index) => {
        const channel = `room${(sent + index) % channels}`;
        return broker.publish({ channel, payload, history: keep });
      }),
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

function report(rates: readonly Rates[]): string {
  const plain = figure(median(rates.map((rate) => rate.plain)));
  return table([
    ["median of the rounds", "publications/s", "ratio", "min", "max"],
    [`XADD, ${PIPELINE} in a pipeline`, plain, "", "", ""],
    ...CHANNELS.map((channels, index) => {
      const all = rates.map(({ thrum }) => thrum[index] ?? NaN);
      const ratios = rates.map(({ plain }, round) => all[round]! / plain);
      return [
        `thrum, to a subscribed node, channels: ${channels}`,
        figure(median(all)),
        ...[median(ratios), Math.min(...ratios), Math.max(...ratios)]
          .map((ratio) => figure(ratio, 2)),
      ];
    }),
  ]);
}
