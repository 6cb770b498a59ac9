/** The report as one HTML page that needs nothing else. */

import type { Result, Verdict } from "./contest.ts";
import {
  doubts,
  figure,
  formatCircumstances,
  formatLimit,
  formatRatio,
  formatState,
  formatTimes,
} from "./report.ts";
import type { Run } from "./results.ts";
import { type Figure, FIGURES, medianOf, valuesOf } from "./sample.ts";

/** The script and the style of uPlot, or why there are no charts. */
export type ChartLibrary =
  | { readonly script: string; readonly style: string }
  | { readonly reason: string };

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #1c2430; }
body { max-width: 86rem; margin: 0 auto; padding: 1.5rem; }
h1 { margin: 0; } p { max-width: 60rem; } .about { color: #5a6473; margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid #e4e8ee; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
th { font-weight: 600; color: #5a6473; vertical-align: bottom; }
.goal, .must { color: #12703a; } .missed, .failed { color: #b3261e; font-weight: 600; }
.void, .not-run { color: #8a6100; }
.bar { width: 10rem; } .bar svg { display: block; }
#marks td:first-child { white-space: nowrap; }
#marks { background: #fff; padding: 1.5rem; width: max-content; }
section { margin-top: 2.5rem; } .chart { margin: 1rem 0; }
li { color: #5a6473; }
`;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}

function row(cells: readonly string[], tag = "td"): string {
  return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
}

const BAR = { width: 160, height: 20 };

/** A bar from what must be reached to what was measured, on a logarithmic scale from a quarter to four times that. */
function bar({ mark, ratio, state }: Verdict): string {
  if (ratio === undefined) return "";
  const { width, height } = BAR;
  const limit = mark.must;
  const at = (value: number) => {
    const doublings = Math.log2(value / limit);
    const shown = Math.min(Math.max(doublings, -2), 2);
    return width / 2 * (1 + shown / 2);
  };
  const color = state === "missed" ? "#d9655c" : "#4da674";
  const x = at(ratio.median);
  const from = Math.min(x, width / 2);
  const tick = (value: number, stroke: string) =>
    `<line x1="${at(value).toFixed(1)}" x2="${
      at(value).toFixed(1)
    }" y1="0" y2="${height}" stroke="${stroke}" stroke-width="2"/>`;
  return `<svg width="${width}" height="${height}" role="img">` +
    `<rect width="${width}" height="${height}" fill="#f3f5f8"/>` +
    `<rect x="${from.toFixed(1)}" y="4" width="${
      Math.abs(x - width / 2).toFixed(1)
    }" height="12" fill="${color}"/>` +
    `<line x1="${at(ratio.least).toFixed(1)}" x2="${
      at(ratio.most).toFixed(1)
    }" y1="10" y2="10" stroke="#1c2430"/>` +
    tick(limit, "#1c2430") +
    (mark.goal === undefined ? "" : tick(mark.goal, "#8a93a3")) + "</svg>";
}

function marks(results: readonly Result[]): string {
  const rows = results.flatMap(({ verdicts }) => verdicts).map((verdict) => {
    const { mark, ratio, cpuRatio, against = "–", state } = verdict;
    const label = formatState(verdict).replaceAll("*", "");
    return row([
      escape(mark.title),
      ratio === undefined ? "–" : formatRatio(ratio),
      formatTimes(cpuRatio),
      escape(against),
      escape(formatLimit(mark.must, mark.isCeiling)),
      escape(formatLimit(mark.goal, mark.isCeiling)),
      `<span class="${state.replace(" ", "-")}">${label}</span>`,
      `<div class="bar">${bar(verdict)}</div>`,
    ]);
  });
  const head = [
    ...["mark", "measured (range)", "by CPU time", "against"],
    ...["must", "goal", "result", "must: black, goal: grey"],
  ];
  return `<table>${row(head, "th")}${rows.join("")}</table>`;
}

/** What the page's script draws: a line of rounds for each contender. */
interface ChartData {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly rounds: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

function chartOf(
  { contest, series }: Result,
  figureName: Figure,
  id: string,
): ChartData {
  const shown = series.filter(({ samples }) => samples.length > 0);
  const rounds = Math.max(0, ...shown.map(({ samples }) => samples.length));
  return {
    id,
    title: `${contest.title}: ${FIGURES[figureName].title}, by round`,
    names: shown.map(({ name }) => name),
    rounds: Array.from({ length: rounds }, (_, round) => round + 1),
    values: shown.map((each) =>
      valuesOf(each, figureName)
        .map((value) => isNaN(value) ? null : value)
    ),
  };
}

function section(result: Result, charts: readonly ChartData[]): string {
  const { contest, series } = result;
  const head = ["median", ...contest.figures.map((key) => FIGURES[key].title)];
  const rows = series.map((each) =>
    row([
      escape(each.name),
      ...contest.figures.map((key) =>
        figure(medianOf(each, key), FIGURES[key].digits)
      ),
    ])
  );
  const notes = doubts(result).map((note) => `<li>${escape(note)}</li>`);
  return `<section><h2>${escape(contest.title)}</h2><p>${
    escape(contest.load)
  }</p><table>${row(head, "th")}${rows.join("")}</table>${
    charts.map(({ id }) => `<div class="chart" id="${id}"></div>`).join("")
  }<ul>${notes.join("")}</ul></section>`;
}

const DRAW = `
const COLORS = ["#0b6bcb", "#e07a1f", "#2f9e58", "#b03a8c", "#7a5bd0", "#8a6100"];
for (const { id, title, names, rounds, values } of CHARTS) {
  const series = names.map((label, index) => ({
    label, stroke: COLORS[index % COLORS.length], width: 2, points: { size: 7 },
  }));
  new uPlot({
    title, width: 900, height: 260, series: [{ label: "round" }, ...series],
    scales: { x: { time: false, range: [0.8, rounds.length + 0.2] }, y: { distr: 3 } },
    axes: [{ incrs: [1] }, { size: 90 }], cursor: { drag: { x: false, y: false } },
  }, [rounds, ...values], document.getElementById(id));
}`;

/** The whole page. */
export function htmlReport(
  runs: readonly Run[],
  library: ChartLibrary,
): string {
  const results = runs.flatMap(({ results }) => results);
  const hasCharts = "script" in library;
  const charts = results.map((result, contest) =>
    hasCharts
      ? result.contest.figures.slice(0, 2).map((name, index) =>
        chartOf(result, name, `chart-${contest}-${index}`)
      )
      : []
  );
  // "</script>" in a name would end the script.
  const data = JSON.stringify(charts.flat()).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Thrum: benchmark</title>
<style>${STYLE}${hasCharts ? library.style : ""}</style></head><body>
<div id="marks"><h1>Thrum: benchmark</h1><p class="about">${
    escape(formatCircumstances(runs))
  }</p>${marks(results)}</div>
${results.map((result, index) => section(result, charts[index]!)).join("\n")}
${
    hasCharts
      ? `<script>${library.script}</script><script>const CHARTS = ${data};${DRAW}</script>`
      : `<p>There are no charts: ${escape(library.reason)}</p>`
  }</body></html>
`;
}
