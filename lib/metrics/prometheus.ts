/** Text format of Prometheus, version 0.0.4: each metric of the table, with the samples of all nodes. */

import { DURATION_BOUNDS } from "../base/histogram.ts";
import type { HistogramValue, Metric, Sample } from "./metric.ts";
import type { Snapshot } from "./snapshot.ts";
import { METRICS } from "./table.ts";

/** Media type of the text. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** A label and its value. */
type Label = readonly [name: string, value: string];

/** Cumulative count of a histogram up to one bound. */
export interface Bucket {
  /** The bound in seconds, or `+Inf`. */
  readonly le: string;
  readonly count: number;
}

/** Counts up to each bound, as Prometheus keeps them. */
export function bucketsOf({ counts }: HistogramValue): readonly Bucket[] {
  let count = 0;
  return [...DURATION_BOUNDS, "+Inf"].map((bound, index) => {
    count += counts[index] ?? 0;
    return { le: String(bound), count };
  });
}

/** Writes the metrics of nodes, each sample with its node's id. A metric that this version does not know is left out. */
export function writePrometheus(snapshots: readonly Snapshot[]): string {
  return METRICS.map((metric) => {
    const lines = snapshots.flatMap(({ node, metrics }) => {
      const [, samples = []] = metrics.find(([name]) => name === metric.name) ??
        [];
      return samples.flatMap((sample) => writeSample(metric, sample, node));
    });
    const { name, help, type } = metric;
    const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
    return `${head}${lines.join("")}`;
  }).join("");
}

function writeSample(
  { name, labels: names }: Metric,
  [values, value]: Sample,
  node: string,
): string[] {
  const labels: Label[] = names.map((name, index) => [
    name,
    values[index] ?? "",
  ]);
  labels.push(["node", node]);
  if (typeof value === "number") return [writeLine(name, labels, value)];
  const buckets = bucketsOf(value);
  return [
    ...buckets.map(({ le, count }) =>
      writeLine(`${name}_bucket`, [...labels, ["le", le]], count)
    ),
    writeLine(`${name}_sum`, labels, value.sum),
    writeLine(`${name}_count`, labels, buckets.at(-1)?.count ?? 0),
  ];
}

function writeLine(
  name: string,
  labels: readonly Label[],
  value: number,
): string {
  const pairs = labels.map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}{${pairs.join(",")}} ${value}\n`;
}

function escape(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
