/** Runs the benchmark: `deno task bench --help` says how. */

import { readCircumstances } from "./circumstances.ts";
import { type Contest, type Result, runContest } from "./contest.ts";
import { buildGenerator } from "./generator.ts";
import { type BenchOptions, helpText, parseOptions } from "./options.ts";
import { findPeer, PEER_NAMES } from "./peers/mod.ts";
import { GENERATOR_CORE, pinSelf } from "./pinning.ts";
import { Progress } from "./progress.ts";
import {
  contestReport,
  formatState,
  markdownReport,
  marksTable,
} from "./report.ts";
import type { Peers, Setting } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/mod.ts";
import { peer } from "./servers.ts";

const RESULTS = new URL("results/", import.meta.url);

async function findPeers(): Promise<Peers> {
  const all = await Promise.all(PEER_NAMES.map(findPeer));
  return {
    found: all.flatMap((each) =>
      "command" in each ? [{ ...each, start: peer(each) }] : []
    ),
    absent: all.flatMap((each) => "reason" in each ? [each] : []),
  };
}

/** The contests of all scenarios that can run here. */
async function plan(
  { scenarios, ...options }: BenchOptions,
): Promise<{ contests: Contest[]; peers: Peers }> {
  const chosen = scenarios.map((name) => ({ name, ...SCENARIOS[name]! }));
  const needsPeers = chosen.some(({ usesPeers }) => usesPeers);
  const peers = needsPeers ? await findPeers() : { found: [], absent: [] };
  const reason = await reasonAgainstGenerator(chosen);
  const setting: Setting = {
    ...options,
    peers,
    warmupMs: options.warmup * 1000,
    measureMs: options.seconds * 1000,
  };
  const contests = chosen.flatMap(({ name, needsGenerator, contests }) => {
    if (!needsGenerator || reason === undefined) return contests(setting);
    console.error(`${name} is skipped. ${reason}`);
    return [];
  });
  return { contests, peers };
}

async function reasonAgainstGenerator(
  chosen: readonly { readonly needsGenerator: boolean }[],
): Promise<string | undefined> {
  if (!chosen.some(({ needsGenerator }) => needsGenerator)) return undefined;
  try {
    await buildGenerator();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

async function runAll(
  contests: readonly Contest[],
  rounds: number,
): Promise<Result[]> {
  const plannedMs = contests.reduce(
    (sum, { turnMs, contenders }) => sum + turnMs * contenders.length * rounds,
    0,
  );
  using progress = new Progress(plannedMs, {
    isTerminal: Deno.stderr.isTerminal(),
    write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
  });
  const results: Result[] = [];
  for (const contest of contests) {
    const result = await runContest(contest, {
      rounds,
      onTurn: ({ name }, round, isRepeated) => {
        const again = isRepeated ? ", again: other processes disturbed it" : "";
        progress.begin(
          `${contest.title}: ${name}, round ${round + 1} of ${rounds}${again}`,
        );
      },
      onTurnEnd: () => progress.end(contest.turnMs),
    });
    progress.print(`${contestReport(result)}\n`);
    results.push(result);
  }
  return results;
}

async function main(options: BenchOptions): Promise<number> {
  const { contests, peers } = await plan(options);
  const circumstances = await readCircumstances(options, peers);
  pinSelf(GENERATOR_CORE);
  const results = await runAll(contests, options.rounds);
  const markdown = markdownReport(results, circumstances);
  await Deno.mkdir(RESULTS, { recursive: true });
  await Deno.writeTextFile(new URL("report.md", RESULTS), markdown);
  console.log(marksTable(results));
  const missed = results.flatMap(({ verdicts }) => verdicts)
    .filter(({ state }) => state === "missed" || state === "failed");
  for (const verdict of missed) {
    console.error(`${formatState(verdict)}: ${verdict.mark.title}`);
  }
  return options.isStrict && missed.length > 0 ? 1 : 0;
}

function readOptions(): BenchOptions {
  try {
    return parseOptions(Deno.args, Object.keys(SCENARIOS));
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
