/** The promises at their full numbers: runs each trial, prints what it reached, and ends with code 1 when one was not kept. */

import { parseArgs } from "node:util";
import {
  formatFigure,
  isReached,
  type Size,
  type Trial,
} from "../../tests/trials/scenarios/trial.ts";
import {
  type BrokerName,
  requireBroker,
} from "../../tests/support/shared_broker.ts";
import { trialsWith } from "./trials.ts";

const BROKERS: Readonly<Record<string, BrokerName>> = {
  redis: "Redis",
  cluster: "Redis Cluster",
  postgres: "PostgreSQL",
  nats: "NATS",
};
const NAMES = trialsWith(requireBroker("Redis")).map(({ name }) => name);

const USAGE = `deno task soak [--ci] [--broker kind] [name …]
  --ci       at the scale of the tests
  --broker   what nodes share: ${Object.keys(BROKERS).join(", ")}
  name       ${NAMES.join(", ")}`;

/** Trials that were asked for, and their size. */
interface Choice {
  readonly trials: readonly Trial[];
  readonly size: Size;
}

/** @throws {TypeError} If there is another option. */
function choose(args: readonly string[]): Choice {
  const { values, positionals: names } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ci: { type: "boolean", default: false },
      broker: { type: "string", default: "redis" },
    },
  });
  const broker = BROKERS[values.broker];
  if (broker === undefined) {
    throw new RangeError(`Cannot run with the broker "${values.broker}"`);
  }
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new RangeError(`Cannot run "${unknown}"`);
  const trials = trialsWith(requireBroker(broker));
  return {
    trials: names.length === 0
      ? trials
      : trials.filter(({ name }) => names.includes(name)),
    size: values.ci ? "ci" : "full",
  };
}

function parse(args: readonly string[]): Choice {
  try {
    return choose(args);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) {
      throw error;
    }
    console.error(`${error.message}: expected\n${USAGE}`);
    Deno.exit(2);
  }
}

/** Runs one trial; returns whether its promise was kept. */
async function attempt(trial: Trial, size: Size): Promise<boolean> {
  const begin = performance.now();
  const broker = trial.kind === undefined ? "" : ` (${trial.kind.name})`;
  console.log(`\n${trial.name}: ${trial.promise}${broker}`);
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
  const { trials, size } = parse(Deno.args);
  const broken: string[] = [];
  for (const trial of trials) {
    if (!await attempt(trial, size)) broken.push(trial.name);
  }
  const kept = trials.length - broken.length;
  console.log(`\n${kept} of ${trials.length} kept. ${broken.join(", ")}`);
  Deno.exit(broken.length === 0 ? 0 : 1);
}
