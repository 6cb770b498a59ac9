/** Runs the benchmark: `deno task bench [echo] [fanout] [joined] [transports] [isolates] [relay] [redis] [flooding] [idle] [--rounds 5] …` */

import { compare, type Pair } from "./comparison.ts";
import type { LoadOptions, OpenLoad } from "./load.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { CAN_PIN, pinGenerator, unpinGenerator } from "./pinning.ts";
import { comparisonReport, figure, ratios } from "./report.ts";
import { openEcho } from "./scenarios/echo.ts";
import { measureFlooding } from "./scenarios/flooding.ts";
import { openFanout } from "./scenarios/fanout.ts";
import { openJoined } from "./scenarios/joined.ts";
import { measureIdle } from "./scenarios/idle.ts";
import { measureRedis } from "./scenarios/redis.ts";
import { measureRelay } from "./scenarios/relay.ts";
import { measureTransports } from "./scenarios/transports.ts";
import { median } from "./statistics.ts";
import {
  bareTarget,
  isolatesTarget,
  type Target,
  thrumTarget,
} from "./targets.ts";

const ISOLATES = 3;

function candidateOf({ candidate, entry }: BenchOptions): Target {
  if (candidate === "thrum") return thrumTarget(entry);
  if (candidate === "bare") return { ...bareTarget(), name: "bare again" };
  throw new RangeError(
    `Cannot measure "${candidate}": expected "thrum" or "bare"`,
  );
}

function tellPair({ baseline, candidate }: Pair, isKept: boolean): void {
  const ratio = figure(candidate.rate / baseline.rate, 3);
  const rates = `${figure(candidate.rate)} / ${figure(baseline.rate)}`;
  console.error(`  ${rates} = ${ratio}${isKept ? "" : ", disturbed: again"}`);
}

/** Compares the candidate with the bare server; returns the median ratio of rates. */
async function runComparison(
  open: OpenLoad,
  load: Pick<LoadOptions, "connections">,
  options: BenchOptions,
  [baseline, candidate] = [bareTarget(), candidateOf(options)],
): Promise<number> {
  const pairs = await compare({
    baseline,
    candidate,
    open,
    ...load,
    window: options.window,
    bytes: options.bytes,
    rounds: options.rounds,
    warmupMs: options.warmup * 1000,
    durationMs: options.seconds * 1000,
    onPair: tellPair,
  });
  const names = { baseline: baseline.name, candidate: candidate.name };
  console.log(`${comparisonReport(pairs, names)}\n`);
  return median(ratios(pairs, "rate"));
}

/** One scenario: its headline, and what measures it; a number is the median ratio of rates. */
interface Scenario {
  readonly title: (options: BenchOptions) => string;
  readonly run: (options: BenchOptions) => Promise<number | string>;
}

function sizeOf({ bytes, rounds, seconds }: BenchOptions): string {
  return `${bytes} bytes, ${rounds} × ${seconds} s`;
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  echo: {
    title: (options) =>
      `Echo: ${options.connections} connections, ${options.window} in flight on each, ${
        sizeOf(options)
      }`,
    run: (options) =>
      runComparison(openEcho, { connections: options.connections }, options),
  },
  fanout: {
    title: (options) =>
      `Fan-out: ${options.subscribers} subscribers, ${options.window} in flight, ${
        sizeOf(options)
      }`,
    run: (options) =>
      runComparison(openFanout, { connections: options.subscribers }, options),
  },
  joined: {
    title: (options) =>
      `Joined frames: ${options.subscribers} SDK subscribers, ${options.window} in flight, ${
        sizeOf(options)
      }`,
    run: (options) =>
      runComparison(openJoined, { connections: options.subscribers }, options),
  },
  transports: {
    title: (options) =>
      `Transports: ${options.subscribers} subscribers, one publication at a time, ${
        sizeOf(options)
      }`,
    run: (options) =>
      measureTransports({
        ...options,
        target: thrumTarget(options.entry),
        warmupMs: options.warmup * 1000,
        durationMs: options.seconds * 1000,
      }),
  },
  isolates: {
    title: (options) =>
      `Isolates: ${ISOLATES} instead of one, ${options.subscribers} subscribers, ${options.window} in flight, ${
        sizeOf(options)
      }`,
    async run(options) {
      const { subscribers: connections, entry } = options;
      await runComparison(openFanout, { connections }, options, [
        { ...thrumTarget(entry), name: "one isolate" },
        isolatesTarget(entry, ISOLATES),
      ]);
      return "The cores are shared with the generator: the CPU per delivery is the result.";
    },
  },
  relay: {
    title: ({ bytes }) => `Relay: from one isolate to another, ${bytes} bytes`,
    run: (options) => onAllCores(() => measureRelay(options)),
  },
  redis: {
    title: ({ bytes }) => `Redis: publications of ${bytes} bytes, kept`,
    run: (options) => onAllCores(() => measureRedis(options)),
  },
  flooding: {
    title: () => "Flooding: the round trips of 20 clients beside a greedy one",
    run: (options) =>
      onAllCores(() =>
        measureFlooding({
          target: thrumTarget(options.entry),
          durationMs: options.seconds * 1000,
        })
      ),
  },
  idle: {
    title: ({ idle }) => `Idle: ${idle} connections`,
    run: (options) =>
      measureIdle({
        bare: bareTarget(),
        thrum: thrumTarget(options.entry),
        connections: options.idle,
        durationMs: options.idleSeconds * 1000,
      }),
  },
};

/** Measures what has more to it than one server and a generator. */
async function onAllCores(measure: () => Promise<string>): Promise<string> {
  unpinGenerator();
  try {
    return await measure();
  } finally {
    pinGenerator();
  }
}

/** Runs one scenario; returns its median ratio of rates, where it has one. */
async function runScenario(
  { title, run }: Scenario,
  options: BenchOptions,
): Promise<number> {
  console.log(`## ${title(options)}\n`);
  const result = await run(options);
  if (typeof result === "number") return result;
  console.log(`${result}\n`);
  return Infinity;
}

async function main(options: BenchOptions): Promise<number> {
  const names = Object.keys(SCENARIOS);
  const unknown = options.scenarios.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot run "${unknown}": expected ${names.join(", ")}`,
    );
  }
  const cores = CAN_PIN ? "server and generator on a core each" : "not pinned";
  console.log(`Deno ${Deno.version.deno}, ${Deno.build.target}, ${cores}\n`);
  pinGenerator();
  let lowest = Infinity;
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    const { scenarios } = options;
    if (scenarios.length > 0 && !scenarios.includes(name)) continue;
    lowest = Math.min(lowest, await runScenario(scenario, options));
  }
  if (lowest >= options.minRatio) return 0;
  console.error(
    `The median ratio is ${figure(lowest, 3)}: below ${options.minRatio}`,
  );
  return 1;
}

if (import.meta.main) Deno.exit(await main(parseOptions(Deno.args)));
