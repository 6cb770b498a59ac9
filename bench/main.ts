/** Runs the benchmark: `deno task bench --help` says how. */

import { readCircumstances } from "./circumstances.ts";
import { type Contest, type Result, runContest } from "./contest.ts";
import { buildGenerator } from "./generator.ts";
import { htmlReport } from "./html_report.ts";
import { type BenchOptions, helpText, parseOptions } from "./options.ts";
import { findPeer, PEER_NAMES } from "./peers/mod.ts";
import { GENERATOR_CORE, pinSelf } from "./pinning.ts";
import { Progress } from "./progress.ts";
import { contestReport, markdownReport, marksTable } from "./report.ts";
import { loadRuns, saveRun, write } from "./results.ts";
import type { Peers, Setting } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/mod.ts";
import { peer } from "./servers.ts";
import { findChartLibrary } from "./chart_library.ts";

/** The contests of one scenario. */
interface Plan {
  readonly name: string;
  readonly contests: readonly Contest[];
}

async function findPeers(): Promise<Peers> {
  const all = await Promise.all(PEER_NAMES.map(findPeer));
  return {
    found: all.flatMap((each) =>
      "command" in each ? [{ ...each, start: peer(each) }] : []
    ),
    absent: all.flatMap((each) => "reason" in each ? [each] : []),
  };
}

/** The scenarios that were chosen and can run here. */
async function plan(
  { scenarios, ...options }: BenchOptions,
  peers: Peers,
): Promise<Plan[]> {
  const chosen = scenarios.map((name) => ({ name, ...SCENARIOS[name]! }));
  const reason = chosen.some(({ needsGenerator }) => needsGenerator)
    ? await reasonAgainstGenerator()
    : undefined;
  const setting: Setting = {
    ...options,
    peers,
    warmupMs: options.warmup * 1000,
    measureMs: options.seconds * 1000,
  };
  return chosen.flatMap(({ name, needsGenerator, contests }) => {
    if (!needsGenerator || reason === undefined) {
      return [{ name, contests: contests(setting) }];
    }
    console.error(`${name} is skipped. ${reason}`);
    return [];
  });
}

async function reasonAgainstGenerator(): Promise<string | undefined> {
  try {
    await buildGenerator();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

function plannedMs(plans: readonly Plan[], rounds: number): number {
  return plans.flatMap(({ contests }) => contests).reduce(
    (sum, { turnMs, contenders }) => sum + turnMs * contenders.length * rounds,
    0,
  );
}

async function runOne(
  contest: Contest,
  { rounds, repeats }: BenchOptions,
  progress: Progress,
): Promise<Result> {
  const result = await runContest(contest, {
    rounds,
    repeats,
    onTurn: ({ name }, round, isRepeated) => {
      const again = isRepeated ? ", again: other processes disturbed it" : "";
      progress.begin(
        `${contest.title}: ${name}, round ${round + 1} of ${rounds}${again}`,
      );
    },
    onTurnEnd: () => progress.end(contest.turnMs),
  });
  progress.print(`${contestReport(result)}\n`);
  return result;
}

/** Runs every scenario that was chosen; returns the results. */
async function runAll(options: BenchOptions): Promise<Result[]> {
  const usesPeers = options.scenarios.some((name) =>
    SCENARIOS[name]?.usesPeers
  );
  const peers = usesPeers ? await findPeers() : { found: [], absent: [] };
  const plans = await plan(options, peers);
  const circumstances = await readCircumstances(options, peers);
  pinSelf(GENERATOR_CORE);
  using progress = new Progress(plannedMs(plans, options.rounds), {
    isTerminal: Deno.stderr.isTerminal(),
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
  });
  const all: Result[] = [];
  for (const { name, contests } of plans) {
    const results: Result[] = [];
    for (const contest of contests) {
      results.push(await runOne(contest, options, progress));
      // A run that is interrupted keeps what it has measured.
      await saveRun(options.out, name, { circumstances, results });
    }
    all.push(...results);
  }
  return all;
}

/** Writes the report of the last run of each scenario, those that did not run now included. */
async function writeReports({ out }: BenchOptions): Promise<void> {
  const runs = await loadRuns(out, Object.keys(SCENARIOS));
  const html = htmlReport(runs, await findChartLibrary());
  console.log(`\n${await write(out, "report.md", markdownReport(runs))}`);
  console.log(await write(out, "report.html", html));
}

async function main(options: BenchOptions): Promise<number> {
  const results = await runAll(options);
  if (results.length === 0) {
    console.error("Nothing could be measured");
    return 1;
  }
  console.log(marksTable(results));
  await writeReports(options);
  const isMissed = results.flatMap(({ verdicts }) => verdicts)
    .some(({ state }) => state !== "goal" && state !== "must");
  return options.isStrict && isMissed ? 1 : 0;
}

function readOptions(): BenchOptions {
  try {
    return parseOptions(Deno.args, SCENARIOS);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) {
      throw error;
    }
    console.error(`${error.message}\nSee deno task bench --help`);
    Deno.exit(2);
  }
}

if (import.meta.main) {
  const options = readOptions();
  if (options.help) console.log(helpText(SCENARIOS));
  else Deno.exit(await main(options));
}
