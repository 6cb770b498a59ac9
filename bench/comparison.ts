/** Two servers under the same load, in turns. */

import type { LoadOptions, OpenLoad } from "./load.ts";
import { isDisturbed, type Measurement, Run } from "./measurement.ts";
import type { Target } from "./targets.ts";

/** A turn of one server, after which the other has its own. */
const SLICE_MS = 500;

/** What both servers did side by side. */
export interface Pair {
  readonly baseline: Measurement;
  readonly candidate: Measurement;
}

/** Options of {@linkcode compare}. */
export interface CompareOptions extends Omit<LoadOptions, "target" | "port"> {
  readonly baseline: Target;
  readonly candidate: Target;
  readonly open: OpenLoad;
  readonly rounds: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  /** Called after each pair; one that is not kept is measured again. */
  readonly onPair?: (pair: Pair, isKept: boolean) => void;
}

/**
 * Measures both servers in pairs, each in new processes: where a process
 * happens to lie in memory makes it some per cent faster or slower for life.
 *
 * Pairs that other processes disturbed are measured again, whatever they say,
 * but no more of them than there are rounds.
 */
export async function compare(options: CompareOptions): Promise<Pair[]> {
  const pairs: Pair[] = [];
  let repeats = options.rounds;
  for (let attempt = 0; pairs.length < options.rounds; attempt++) {
    const pair = await comparePair(options, attempt % 2 === 1);
    const disturbed = isDisturbed(pair.baseline) || isDisturbed(pair.candidate);
    const isKept = !disturbed || repeats-- <= 0;
    if (isKept) pairs.push(pair);
    options.onPair?.(pair, isKept);
  }
  return pairs;
}

/** Every other pair is reversed from the first step: who starts first is not the same. */
async function comparePair(
  options: CompareOptions,
  isReversed: boolean,
): Promise<Pair> {
  const { baseline, candidate } = options;
  if (isReversed) {
    const [second, first] = await runBoth(candidate, baseline, options);
    return { baseline: first, candidate: second };
  }
  const [first, second] = await runBoth(baseline, candidate, options);
  return { baseline: first, candidate: second };
}

async function runBoth(
  first: Target,
  second: Target,
  options: CompareOptions,
): Promise<[Measurement, Measurement]> {
  const { open, warmupMs, durationMs } = options;
  await using firstServer = await first.start();
  await using secondServer = await second.start();
  using firstLoad = await open({
    ...options,
    target: first,
    port: firstServer.port,
  });
  using secondLoad = await open({
    ...options,
    target: second,
    port: secondServer.port,
  });
  const firstRun = new Run({ load: firstLoad, server: firstServer });
  const secondRun = new Run({ load: secondLoad, server: secondServer });
  await firstRun.warmUp(warmupMs);
  await secondRun.warmUp(warmupMs);
  await takeTurns([firstRun, secondRun], durationMs);
  return [firstRun.result(), secondRun.result()];
}

/** Runs slices in the order A B B A, so that no drift favours one side. */
async function takeTurns(
  runs: readonly Run[],
  durationMs: number,
): Promise<void> {
  const turns = Math.ceil(durationMs / SLICE_MS);
  for (let turn = 0; turn < turns; turn++) {
    const ordered = turn % 2 === 0 ? runs : runs.toReversed();
    for (const run of ordered) await run.slice(durationMs / turns);
  }
}
