/** Results of earlier runs: each scenario keeps its last one. */

import { fileURLToPath } from "node:url";
import { type Contest, judge, type Result } from "./contest.ts";
import type { Series } from "./sample.ts";

/** Where results are kept, if nothing else is said; those of `--quick` do not replace the others. */
export const RESULTS = {
  full: fileURLToPath(new URL("results", import.meta.url)),
  quick: fileURLToPath(new URL("results/quick", import.meta.url)),
} as const;

/** Where and when it was measured. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly versions: readonly string[];
  readonly method: string;
}

/** The contests of one scenario, measured together. */
export interface Run {
  readonly circumstances: Circumstances;
  readonly results: readonly Result[];
}

/** What is written: the verdicts follow from it. */
export interface StoredRun {
  readonly circumstances: Circumstances;
  readonly contests: readonly {
    readonly contest: Result["contest"] & Pick<Contest, "marks">;
    readonly series: readonly Series[];
  }[];
}

/** Puts a run into the form in which it is kept. */
export function storeRun(run: Run): StoredRun {
  return {
    circumstances: run.circumstances,
    contests: run.results.map(({ contest, series, verdicts }) => ({
      contest: { ...contest, marks: verdicts.map(({ mark }) => mark) },
      series,
    })),
  };
}

/** Keeps the last run of a scenario. */
export async function saveRun(
  folder: string,
  scenario: string,
  run: Run,
): Promise<void> {
  const text = JSON.stringify(storeRun(run), undefined, 1);
  await write(folder, `${scenario}.json`, text);
}

/** Reads the last runs of these scenarios; one that was never run is left out. */
export async function loadRuns(
  folder: string,
  scenarios: readonly string[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const scenario of scenarios) {
    try {
      const text = await Deno.readTextFile(`${folder}/${scenario}.json`);
      const stored: StoredRun = JSON.parse(text);
      runs.push(restoreRun(stored));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return runs;
}

/** Judges a run that was kept. */
export function restoreRun({ circumstances, contests }: StoredRun): Run {
  return {
    circumstances,
    results: contests.map(({ contest, series }) => ({
      contest,
      series,
      verdicts: contest.marks.map((mark) => judge(mark, series)),
    })),
  };
}

/** Writes a file beside the results; returns its path. */
export async function write(
  folder: string,
  name: string,
  text: string,
): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const path = `${folder}/${name}`;
  await Deno.writeTextFile(path, text);
  return path;
}
