/** The task `sim`: runs seeds of the simulation, or one of them with all that happens in it. */

import { parseArgs } from "node:util";
import { PLANTED_BUGS } from "./planted_bugs.ts";
import { type Run, run } from "./simulation.ts";

const USAGE = `deno task sim [options]
  --seed N      run one seed and print all that happens
  --seeds N     run so many seeds (1000)
  --from N      begin with this seed (1)
  --minutes M   run as many seeds as fit in so many minutes
  --bug NAME    plant a bug: the name begins with these words`;

/** Turns of the event loop are not needed, but the memory of a run is given back in them. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0));

const { values } = parseArgs({
  args: Deno.args,
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    minutes: { type: "string" },
    bug: { type: "string" },
    help: { type: "boolean" },
  },
});

if (values.help) {
  console.log(USAGE);
  Deno.exit();
}

const plant = plantOf(values.bug);
const isGood = values.seed === undefined
  ? await runMany()
  : await runOne(whole(values.seed));
Deno.exit(isGood ? 0 : 1);

async function runOne(seed: number): Promise<boolean> {
  const result = await run(seed, { plant, trace: console.log });
  report(result);
  return result.violation === undefined;
}

async function runMany(): Promise<boolean> {
  const from = whole(values.from);
  const minutes = values.minutes === undefined
    ? Infinity
    : Number(values.minutes);
  const count = values.minutes === undefined ? whole(values.seeds) : Infinity;
  const start = performance.now();
  const end = start + minutes * 60_000;
  let [seeds, steps, publications, received] = [0, 0, 0, 0];
  while (seeds < count && performance.now() < end) {
    const result = await run(from + seeds++, { plant });
    steps += result.steps;
    publications += result.publications;
    received += result.received;
    if (result.violation !== undefined) {
      report(result);
      return false;
    }
    await breathe();
  }
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(
    `${seeds} seeds from ${from} in ${seconds} s: ${steps} steps, ${publications} publications, ${received} received, no violation`,
  );
  return true;
}

function report({ seed, kind, steps, violation }: Run): void {
  const result = violation === undefined
    ? "no violation"
    : `violation: ${violation.message}\nreplay: deno task sim --seed ${seed}`;
  console.log(`seed ${seed}, ${kind}, ${steps} steps: ${result}`);
}

function whole(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`"${text}": expected a whole number\n${USAGE}`);
  Deno.exit(2);
}

function plantOf(name: string | undefined) {
  if (name === undefined) return undefined;
  const known = Object.keys(PLANTED_BUGS).find((each) => each.startsWith(name));
  if (known !== undefined) return PLANTED_BUGS[known];
  console.error(
    `"${name}": expected the beginning of one of\n${
      Object.keys(PLANTED_BUGS).join("\n")
    }`,
  );
  Deno.exit(2);
}
