/** The promises at their full numbers: runs each trial, prints what it reached, and ends with code 1 when one was not kept. */

import {
  formatFigure,
  isReached,
  type Size,
  type Trial,
} from "../../tests/trials/scenarios/trial.ts";
import { TRIALS } from "./trials.ts";

const USAGE = `deno task soak [--ci] [name …]
  --ci   at the scale of the tests
  name   ${TRIALS.map(({ name }) => name).join(", ")}`;

/** Trials that were asked for, and their size. */
interface Choice {
  readonly trials: readonly Trial[];
  readonly size: Size;
}

function parseArgs(args: readonly string[]): Choice {
  const names = args.filter((arg) => arg !== "--ci");
  const unknown = names.filter((name) =>
    !TRIALS.some((trial) => trial.name === name)
  );
  if (unknown.length > 0) {
    console.error(`Cannot run ${unknown.join(", ")}: expected\n${USAGE}`);
    Deno.exit(2);
  }
  return {
    trials: names.length === 0
      ? TRIALS
      : TRIALS.filter(({ name }) => names.includes(name)),
    size: args.includes("--ci") ? "ci" : "full",
  };
}

/** Runs one trial; returns whether its promise was kept. */
async function attempt(trial: Trial, size: Size): Promise<boolean> {
  const begin = performance.now();
  console.log(`\n${trial.name}: ${trial.promise}`);
  const progress = (line: string) => {
    const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
    console.log(`  … ${seconds} s: ${line}`);
  };
  let isKept = true;
  try {
    for (const figure of await trial.run(size, progress)) {
      const mark = isReached(figure) ? "  " : "✗ ";
      isKept &&= isReached(figure);
      console.log(`  ${mark}${formatFigure(figure)}`);
    }
  } catch (error) {
    isKept = false;
    console.log(`  ✗ ${error instanceof Error ? error.stack : error}`);
  }
  const seconds = ((performance.now() - begin) / 1_000).toFixed(0);
  console.log(`  ${isKept ? "kept" : "NOT KEPT"}, in ${seconds} s`);
  return isKept;
}

if (import.meta.main) {
  const { trials, size } = parseArgs(Deno.args);
  const broken: string[] = [];
  for (const trial of trials) {
    if (!await attempt(trial, size)) broken.push(trial.name);
  }
  const kept = trials.length - broken.length;
  console.log(`\n${kept} of ${trials.length} kept. ${broken.join(", ")}`);
  Deno.exit(broken.length === 0 ? 0 : 1);
}
