/** Runs the benchmark: `deno task bench [echo] [fanout] [joined] [transports] [isolates] [relay] [redis] [idle] [--rounds 5] …` */

import { compare, type Pair } from "./comparison.ts";
import type { LoadOptions, OpenLoad } from "./load.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { CAN_PIN, pinGenerator, unpinGenerator } from "./pinning.ts";
import { comparisonReport, figure, ratios } from "./report.ts";
import { openEcho } from "./scenarios/echo.ts";
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

const SCENARIOS = [
  "echo",
  "fanout",
  "joined",
  "transports",
  "isolates",
  "relay",
  "redis",
  "idle",
] as const;
const ISOLATES = 3;
type Scenario = typeof SCENARIOS[number];

function isScenario(name: string): name is Scenario {
  return SCENARIOS.some((each) => each === name);
}

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

/** Runs one scenario; returns its median ratio of rates, where it has one. */
async function runScenario(
  scenario: Scenario,
  options: BenchOptions,
): Promise<number> {
  const { connections, subscribers, window, bytes, rounds, seconds } = options;
  const size = `${bytes} bytes, ${rounds} × ${seconds} s`;
  switch (scenario) {
    case "echo":
      console.log(
        `## Echo: ${connections} connections, ${window} in flight on each, ${size}\n`,
      );
      return await runComparison(openEcho, { connections }, options);
    case "fanout":
      console.log(
        `## Fan-out: ${subscribers} subscribers, ${window} in flight, ${size}\n`,
      );
      return await runComparison(
        openFanout,
        { connections: subscribers },
        options,
      );
    case "joined":
      console.log(
        `## Joined frames: ${subscribers} SDK subscribers, ${window} in flight, ${size}\n`,
      );
      return await runComparison(
        openJoined,
        { connections: subscribers },
        options,
      );
    case "isolates":
      console.log(
        `## Isolates: ${ISOLATES} instead of one, ${subscribers} subscribers, ${window} in flight, ${size}\n`,
      );
      await runComparison(openFanout, { connections: subscribers }, options, [
        { ...thrumTarget(options.entry), name: "one isolate" },
        isolatesTarget(options.entry, ISOLATES),
      ]);
      // The machine's cores bound the rate; the CPU per delivery is the result.
      return Infinity;
    case "relay":
      console.log(`## Relay: from one isolate to another, ${bytes} bytes\n`);
      unpinGenerator();
      console.log(await measureRelay({ bytes, rounds }) + "\n");
      pinGenerator();
      return Infinity;
    case "redis":
      console.log(`## Redis: publications of ${bytes} bytes, kept\n`);
      console.log(await measureRedis({ bytes, rounds }) + "\n");
      return Infinity;
    case "transports":
      console.log(
        `## Transports: ${subscribers} subscribers, one publication at a time, ${size}\n`,
      );
      console.log(
        await measureTransports({
          target: thrumTarget(options.entry),
          subscribers,
          bytes,
          rounds,
          warmupMs: options.warmup * 1000,
          durationMs: seconds * 1000,
        }) + "\n",
      );
      return Infinity;
    case "idle":
      console.log(`## Idle: ${options.idle} connections\n`);
      console.log(
        await measureIdle({
          bare: bareTarget(),
          thrum: thrumTarget(options.entry),
          connections: options.idle,
          durationMs: options.idleSeconds * 1000,
        }) + "\n",
      );
      return Infinity;
  }
}

async function main(options: BenchOptions): Promise<number> {
  const unknown = options.scenarios.find((name) => !isScenario(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot run "${unknown}": expected ${SCENARIOS.join(", ")}`,
    );
  }
  const chosen = SCENARIOS.filter((name) =>
    options.scenarios.length === 0 || options.scenarios.includes(name)
  );
  const cores = CAN_PIN ? "server and generator on a core each" : "not pinned";
  console.log(`Deno ${Deno.version.deno}, ${Deno.build.target}, ${cores}\n`);
  pinGenerator();
  let lowest = Infinity;
  for (const scenario of chosen) {
    lowest = Math.min(lowest, await runScenario(scenario, options));
  }
  if (lowest >= options.minRatio) return 0;
  console.error(
    `The median ratio is ${figure(lowest, 3)}: below ${options.minRatio}`,
  );
  return 1;
}

if (import.meta.main) Deno.exit(await main(parseOptions(Deno.args)));
