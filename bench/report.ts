/** The report of a comparison, in Markdown. */

import type { Pair } from "./comparison.ts";
import { isDisturbed, type Measurement } from "./measurement.ts";
import { median } from "./statistics.ts";

/** From this share on a core counts as saturated. */
const SATURATED = 0.97;

/** Lays out rows of cells, the first of which are the headings, as a table. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, column) => column === 0 ? "---" : "---:");
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** Writes `value` with a space between thousands and `digits` decimals. */
export function figure(value: number, digits = 0): string {
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** Writes a share as a percentage. */
export function percent(share: number): string {
  return `${Math.max(0, share * 100).toFixed(0)} %`;
}

function sideRow(name: string, runs: readonly Measurement[]): string[] {
  const of = (key: keyof Measurement) => median(runs.map((run) => run[key]));
  return [
    name,
    figure(of("rate")),
    figure(of("cpuMicros"), 2),
    figure(of("p50Ms"), 2),
    figure(of("p99Ms"), 2),
    percent(of("server")),
    percent(of("others")),
    percent(of("generator")),
  ];
}

/** The ratio of `key`, candidate to baseline, of each pair. */
export function ratios(
  pairs: readonly Pair[],
  key: keyof Measurement,
): number[] {
  return pairs.map(({ baseline, candidate }) => candidate[key] / baseline[key]);
}

function ratioRow(name: string, values: readonly number[]): string[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return [name, ...[least, median(values), most].map((v) => figure(v, 3))];
}

/** Sentences about runs whose figures deserve doubt. */
export function doubts(pairs: readonly Pair[]): string[] {
  const runs = pairs.flatMap(({ baseline, candidate }) => [
    baseline,
    candidate,
  ]);
  const inRuns = (test: (run: Measurement) => boolean) => {
    const matching = runs.filter(test).length;
    return matching === 0 ? undefined : `in ${matching} of ${runs.length} runs`;
  };
  const waiting = inRuns((run) => run.server + run.others < SATURATED);
  const saturated = inRuns((run) => run.generatorCore >= SATURATED);
  const disturbed = inRuns(isDisturbed);
  const found: string[] = [];
  if (waiting !== undefined) {
    found.push(
      `The server waited for the generator ${waiting}: there, trust the CPU time per delivery more than the rate.`,
    );
  }
  if (saturated !== undefined) {
    found.push(`The generator's core was saturated ${saturated}.`);
  }
  if (disturbed !== undefined) {
    found.push(
      `Other processes disturbed the server or the generator ${disturbed}.`,
    );
  }
  return found;
}

/** Names of the two sides of a report. */
export interface Names {
  readonly baseline: string;
  readonly candidate: string;
}

/** Medians of both sides, the ratios of the pairs, and what to doubt. */
export function comparisonReport(pairs: readonly Pair[], names: Names): string {
  const sides = table([
    [
      "median of the runs",
      "deliveries/s",
      "CPU µs per delivery",
      "p50 ms",
      "p99 ms",
      "server CPU",
      "others on its core",
      "generator CPU",
    ],
    sideRow(names.baseline, pairs.map((pair) => pair.baseline)),
    sideRow(names.candidate, pairs.map((pair) => pair.candidate)),
  ]);
  const ratio = table([
    [`${names.candidate} / ${names.baseline}`, "min", "median", "max"],
    ratioRow("deliveries/s", ratios(pairs, "rate")),
    ratioRow("CPU per delivery", ratios(pairs, "cpuMicros")),
  ]);
  const found = doubts(pairs).map((sentence) => `- ${sentence}`);
  return [sides, ratio, found.join("\n")].filter(Boolean).join("\n\n");
}
