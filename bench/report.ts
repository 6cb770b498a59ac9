/** The report in Markdown. */

import type { Result, Verdict } from "./contest.ts";
import type { Circumstances, Run } from "./results.ts";
import {
  FIGURES,
  isDisturbed,
  isVoid,
  medianOf,
  type Ratio,
  type Series,
} from "./sample.ts";
import { median } from "./statistics.ts";

/** Lays out rows of cells, the first of which are the headings, as a table. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, column) => column === 0 ? "---" : "---:");
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** Writes `value` with a space between thousands and `digits` decimals; a dash for none. */
export function figure(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return "–";
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** Writes a share as a percentage. */
export function percent(share: number): string {
  return `${Math.max(0, share * 100).toFixed(0)} %`;
}

/** Writes a ratio; a dash for none. */
export function formatTimes(ratio: number = NaN): string {
  return Number.isFinite(ratio) ? `${figure(ratio, 2)}×` : "–";
}

/** Writes a ratio with the range of the rounds. */
export function formatRatio({ median, least, most }: Ratio): string {
  return `${formatTimes(median)} (${figure(least, 2)} to ${figure(most, 2)})`;
}

const STATES: Readonly<Record<Verdict["state"], string>> = {
  goal: "goal reached",
  must: "reached",
  missed: "**missed**",
  void: "void",
  failed: "**failed**",
  "not run": "not run",
};

/** Writes what came of a mark. */
export function formatState({ state, isByCpu = false }: Verdict): string {
  return isByCpu ? `${STATES[state]}, by CPU time` : STATES[state];
}

/** Writes the limits of a mark. */
export function formatLimit(limit: number | undefined, isCeiling = false) {
  if (limit === undefined) return "–";
  return `${isCeiling ? "≤ " : ""}${limit}×`;
}

/** The table of marks. */
export function marksTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ verdicts }) => verdicts).map((verdict) => {
    const { mark, ratio, cpuRatio, against } = verdict;
    return [
      mark.title,
      ratio === undefined ? "–" : formatRatio(ratio),
      formatTimes(cpuRatio),
      against ?? "–",
      formatLimit(mark.must, mark.isCeiling),
      formatLimit(mark.goal, mark.isCeiling),
      formatState(verdict),
    ];
  });
  return table([
    [
      "mark",
      "measured (range)",
      "by CPU time",
      "against",
      "must",
      "goal",
      "result",
    ],
    ...rows,
  ]);
}

const USES = {
  server: "server CPU",
  besideServer: "others on its core",
  generator: "generator CPU",
} as const;

/** Medians of the figures of a contest, one for each column. */
function medians(series: Series, { contest: { figures } }: Result): string[] {
  return figures.map((key) =>
    figure(medianOf(series, key), FIGURES[key].digits)
  );
}

/** The table of a contest's figures alone. */
export function figuresTable(result: Result): string {
  const { contest, series } = result;
  const rows = series.map((each) => [each.name, ...medians(each, result)]);
  const titles = contest.figures.map((key) => FIGURES[key].title);
  return table([["median of the turns", ...titles], ...rows]);
}

function seriesRow(series: Series, result: Result): string[] {
  const { name, samples } = series;
  const uses = samples.flatMap(({ cores }) => cores === undefined ? [] : cores);
  const share = (key: keyof typeof USES) =>
    uses.length === 0 ? "–" : percent(median(uses.map((use) => use[key])));
  return [
    name,
    ...medians(series, result),
    share("server"),
    share("besideServer"),
    share("generator"),
  ];
}

/** Sentences about turns whose figures deserve doubt, and about who is missing. */
export function doubts({ contest, series }: Result): string[] {
  const found = (contest.absent ?? []).map(({ name, reason }) =>
    `${name} is absent: ${reason}.`
  );
  for (const { name, samples, failure } of series) {
    const times = (count: number) => `${count} of ${samples.length} turns`;
    const count = (test: (sample: typeof samples[number]) => boolean) =>
      samples.filter(test).length;
    if (failure !== undefined) found.push(`${name} failed: ${failure}.`);
    const voids = count(isVoid);
    if (voids > 0) {
      found.push(
        `${name}: ${
          times(voids)
        } are void, because the generator used more than 90 % of its core.`,
      );
    }
    const disturbed = count(isDisturbed);
    if (disturbed > 0) {
      found.push(
        `${name}: other processes disturbed ${
          times(disturbed)
        }, whose rates and latencies do not count.`,
      );
    }
  }
  return found;
}

/** One contest: medians of all turns, and what to doubt. */
export function contestReport(result: Result): string {
  const { contest, series } = result;
  const rows = series.map((each) => seriesRow(each, result));
  const head = [
    "median of the turns",
    ...contest.figures.map((key) => FIGURES[key].title),
    ...Object.values(USES),
  ];
  const sentences = doubts(result).map((sentence) => `- ${sentence}`);
  return [
    `### ${contest.title}`,
    contest.load,
    table([head, ...rows]),
    sentences.join("\n"),
  ].filter(Boolean).join("\n\n");
}

/** Joins what the runs say of themselves, each once; and how much others disturbed them. */
export function formatCircumstances(runs: readonly Run[]): string {
  const once = (pick: (of: Circumstances) => readonly string[]) =>
    [...new Set(runs.flatMap(({ circumstances }) => pick(circumstances)))]
      .join(", ");
  const sentences = [
    once(({ date }) => [date]),
    once(({ machine }) => [machine]),
    once(({ versions }) => versions),
    once(({ method }) => [method]),
  ];
  const samples = runs.flatMap(({ results }) => results)
    .flatMap(({ series }) => series)
    .flatMap(({ samples }) => samples);
  const disturbed = samples.filter(isDisturbed).length;
  if (disturbed > 0) {
    sentences.push(
      `Other processes disturbed ${disturbed} of ${samples.length} turns: ` +
        "their rates do not count, and where too few do the CPU " +
        "time of each delivery decides",
    );
  }
  return `${sentences.join(". ")}.`;
}

/** The whole report. */
export function markdownReport(runs: readonly Run[]): string {
  const results = runs.flatMap(({ results }) => results);
  return [
    "# Benchmark",
    formatCircumstances(runs),
    "## Marks",
    marksTable(results),
    "## Contests",
    ...results.map(contestReport),
  ].join("\n\n") + "\n";
}
