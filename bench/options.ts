/** Options of the command line. */

import { parseArgs } from "node:util";
import { RESULTS } from "./results.ts";

/** What the benchmark measures, and for how long. */
export interface BenchOptions {
  /** Whether only the help is wanted. */
  readonly help: boolean;
  /** Names of the scenarios to run. @default {all} */
  readonly scenarios: readonly string[];
  readonly isQuick: boolean;
  /** Turns of each server. @default {5, or 2 with --quick} */
  readonly rounds: number;
  /** Turns of each server that are made again when other processes disturbed them. @default {5, or 0 with --quick} */
  readonly repeats: number;
  /** Measured seconds of each turn. @default {2, or 0.3 with --quick} */
  readonly seconds: number;
  /** Seconds of load before each measurement. @default {1, or 0.2 with --quick} */
  readonly warmup: number;
  /** Size of each payload. @default {64} */
  readonly bytes: number;
  /** The module that `deno serve` runs as Thrum. @default {"main.ts"} */
  readonly entry: string;
  /** The folder of results and reports. @default {"bench/results", with --quick "bench/results/quick"} */
  readonly out: string;
  /** Whether a missed mark ends with exit code 1. @default {false} */
  readonly isStrict: boolean;
}

const NUMBERS = {
  rounds: { full: 5, quick: 2, least: 1, most: 100, isWhole: true },
  repeats: { full: 5, quick: 0, least: 0, most: 100, isWhole: true },
  // Servers ping after 25 s, which the generator does not answer.
  seconds: { full: 2, quick: 0.3, least: 0.1, most: 10, isWhole: false },
  warmup: { full: 1, quick: 0.2, least: 0, most: 10, isWhole: false },
  bytes: { full: 64, quick: 64, least: 16, most: 16_384, isWhole: true },
} as const;

type NumberName = keyof typeof NUMBERS;

/** The text of `--help`. */
export function helpText(scenarios: KnownScenarios): string {
  const { rounds, repeats, seconds, warmup, bytes } = NUMBERS;
  const of = ({ full, quick }: typeof NUMBERS[NumberName]) =>
    `${full}, or ${quick} with --quick`;
  const width = Math.max(...Object.keys(scenarios).map(({ length }) => length));
  const list = Object.entries(scenarios)
    .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Measures Thrum beside other servers, and writes a report.

deno task bench [scenario …] [options]

Scenarios (all of them, if none is named):
${list.join("\n")}

Options:
  --only <names>   the same as naming scenarios: --only joined,connect
  --quick          a first look in two minutes: shorter turns, fewer rounds
  --rounds <n>     turns of each server (${of(rounds)})
  --repeats <n>    disturbed turns that are made again (${of(repeats)})
  --seconds <s>    measured seconds of each turn (${of(seconds)})
  --warmup <s>     seconds of load before them (${of(warmup)})
  --bytes <n>      size of each payload (${bytes.full})
  --entry <file>   the module that is served as Thrum (main.ts)
  --out <folder>   where the report is written (bench/results)
  --strict         exit code 1 when a mark is missed
  --help           this text
`;
}

function numberOf(
  name: NumberName,
  text: string | undefined,
  isQuick: boolean,
): number {
  const { full, quick, least, most, isWhole } = NUMBERS[name];
  if (text === undefined) return isQuick ? quick : full;
  const value = text.trim() === "" ? NaN : Number(text);
  const isNumber = isWhole ? Number.isInteger(value) : !isNaN(value);
  if (isNumber && value >= least && value <= most) return value;
  throw new RangeError(
    `Cannot use --${name} ${text}: expected ${
      isWhole ? "a whole number" : "a number"
    } from ${least} to ${most}`,
  );
}

/** What is known of a scenario here. */
export interface KnownScenario {
  readonly summary: string;
  /** Whether `--quick` runs it only when it is named. */
  readonly isExtra?: boolean;
}

/** Scenarios by their names. */
export type KnownScenarios = Readonly<Record<string, KnownScenario>>;

function scenariosOf(
  names: readonly string[],
  known: KnownScenarios,
  isQuick: boolean,
): readonly string[] {
  const all = Object.keys(known);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Cannot run "${unknown}": expected ${all.join(", ")}`);
  }
  if (names.length > 0) return all.filter((name) => names.includes(name));
  return all.filter((name) => !isQuick || !known[name]?.isExtra);
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { ...flag, short: "h" },
      quick: flag,
      strict: flag,
      only: { ...text, multiple: true },
      rounds: text,
      repeats: text,
      seconds: text,
      warmup: text,
      bytes: text,
      entry: text,
      out: text,
    },
  });
}

/**
 * Reads the arguments of the command line.
 *
 * @throws {TypeError} if an option is unknown or lacks its value
 * @throws {RangeError} if a number is out of bounds, or a scenario is unknown
 */
export function parseOptions(
  args: readonly string[],
  known: KnownScenarios,
): BenchOptions {
  const { values, positionals } = parse(args);
  const isQuick = values.quick ?? false;
  const number = (name: NumberName) => numberOf(name, values[name], isQuick);
  const only = (values.only ?? []).flatMap((names) => names.split(","));
  return {
    help: values.help ?? false,
    scenarios: scenariosOf([...positionals, ...only], known, isQuick),
    isQuick,
    rounds: number("rounds"),
    repeats: number("repeats"),
    seconds: number("seconds"),
    warmup: number("warmup"),
    bytes: number("bytes"),
    entry: values.entry ?? "main.ts",
    out: values.out ?? RESULTS[isQuick ? "quick" : "full"],
    isStrict: values.strict ?? false,
  };
}
