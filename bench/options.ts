/** Options of the command line. */

import { parseArgs } from "node:util";

/** What the benchmark measures, and for how long. */
export interface BenchOptions {
  /** Names of the scenarios to run; empty means those that compare. */
  readonly scenarios: readonly string[];
  /** Pairs of runs. @default {5} */
  readonly rounds: number;
  /** Measured seconds of each run. @default {3} */
  readonly seconds: number;
  /** Seconds of load before each measurement. @default {1} */
  readonly warmup: number;
  /** Connections of the `echo` scenario. @default {100} */
  readonly connections: number;
  /** Subscribers of the `fanout` scenario. @default {1_000} */
  readonly subscribers: number;
  /** Messages in flight: of each connection in `echo`, of the publisher in `fanout`. @default {8} */
  readonly window: number;
  /** Size of each delivered payload. @default {64} */
  readonly bytes: number;
  /** Connections of the `idle` scenario. @default {10_000} */
  readonly idle: number;
  /** Measured seconds of each phase of `idle`. @default {20} */
  readonly idleSeconds: number;
  /** Fails below this median ratio of rates. @default {0} */
  readonly minRatio: number;
  /** What is compared with the bare server: `thrum`, or `bare` to see the noise alone. @default {"thrum"} */
  readonly candidate: string;
  /** The module that `deno serve` runs as Thrum. @default {"main.ts"} */
  readonly entry: string;
}

const NUMBERS = {
  rounds: { fallback: 5, least: 1, most: 1_000 },
  // A subscriber that only listens is evicted after 60 s, two runs later.
  seconds: { fallback: 3, least: 0.1, most: 20 },
  warmup: { fallback: 1, least: 0, most: 10 },
  connections: { fallback: 100, least: 1, most: 15_000 },
  subscribers: { fallback: 1_000, least: 1, most: 15_000 },
  window: { fallback: 8, least: 1, most: 4_096 },
  bytes: { fallback: 64, least: 16, most: 16_384 },
  idle: { fallback: 10_000, least: 1, most: 15_000 },
  "idle-seconds": { fallback: 20, least: 1, most: 40 },
  "min-ratio": { fallback: 0, least: 0, most: 100 },
} as const;

type NumberName = keyof typeof NUMBERS;

function numberOf(name: NumberName, text: string | undefined): number {
  const { fallback, least, most } = NUMBERS[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new RangeError(
    `Cannot use --${name} ${text}: expected ${least} to ${most}`,
  );
}

/**
 * Reads the arguments of the command line.
 *
 * @throws {TypeError} if an option is unknown or lacks its value
 * @throws {RangeError} if a number is out of bounds
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: text,
      seconds: text,
      warmup: text,
      connections: text,
      subscribers: text,
      window: text,
      bytes: text,
      idle: text,
      "idle-seconds": text,
      "min-ratio": text,
      candidate: text,
      entry: text,
    },
  });
  const number = (name: NumberName) => numberOf(name, values[name]);
  return {
    scenarios: positionals,
    rounds: number("rounds"),
    seconds: number("seconds"),
    warmup: number("warmup"),
    connections: number("connections"),
    subscribers: number("subscribers"),
    window: number("window"),
    bytes: number("bytes"),
    idle: number("idle"),
    idleSeconds: number("idle-seconds"),
    minRatio: number("min-ratio"),
    candidate: values.candidate ?? "thrum",
    entry: values.entry ?? "main.ts",
  };
}
