/** Series of the overview: the samples of all nodes, put together by time. */

import { systemClock } from "../../../lib/base/clock.ts";
import type { LoadAnswer } from "./answers.ts";

/** Time between two samples of a node, in seconds. */
const PERIOD = 10;
/** Least time of a rate, in milliseconds: in less, too little happens. */
const MIN_RATE_MS = 1_500;

/** One figure over time: seconds since 1970, and a value or none. */
export interface Series {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  /** Value of now; `undefined` if the program does not say it. */
  readonly now: number | undefined;
}

/** Derivation of a figure from the columns of the samples. */
export type Figure =
  /** Sum of a column at a moment. */
  | { readonly type: "gauge"; readonly column: string }
  /** Increase of a column in a second. */
  | { readonly type: "rate"; readonly column: string }
  /** Increase of one column for one of another. */
  | {
    readonly type: "ratio";
    readonly column: string;
    readonly of: string;
  }
  /** Increase in a second, the most of any node: that of a process is the same for its nodes. */
  | { readonly type: "processRate"; readonly column: string }
  | { readonly type: "processGauge"; readonly column: string };

/** Samples of each node, as they have come. */
export class LoadSeries {
  readonly #nodes = new Map<string, Map<number, readonly number[]>>();
  /** The newest sample of each node, and the one of the answer before. */
  readonly #newest = new Map<string, readonly number[]>();
  readonly #before = new Map<string, readonly number[]>();
  #columns: readonly string[] = [];

  /** Time after which samples are needed, in milliseconds since 1970. */
  get since(): number {
    const times = [...this.#nodes.values()].map((samples) =>
      Math.max(0, ...samples.keys())
    );
    return times.length === 0 ? 0 : Math.min(...times);
  }

  /** Adds an answer; the last sample of each node is of now. */
  add({ nodes }: LoadAnswer): void {
    const present = new Set(nodes.map(({ node }) => node));
    for (const node of this.#newest.keys()) {
      if (!present.has(node)) this.#newest.delete(node);
    }
    for (const { node, columns, samples } of nodes) {
      this.#columns = columns;
      const kept = this.#nodes.get(node) ?? new Map();
      this.#nodes.set(node, kept);
      for (const sample of samples.slice(0, -1)) {
        kept.set(sample[0] ?? 0, sample);
      }
      const [newest, before] = [samples.at(-1), this.#newest.get(node)];
      if (before !== undefined) this.#before.set(node, before);
      if (newest !== undefined) this.#newest.set(node, newest);
    }
    const oldest = systemClock.wallTime - 3_600_000;
    for (const samples of this.#nodes.values()) {
      for (const time of samples.keys()) {
        if (time < oldest) samples.delete(time);
      }
    }
  }

  /** The series of a figure. */
  read(figure: Figure): Series {
    const buckets = new Map<number, number[]>();
    const current: number[] = [];
    for (const [node, samples] of this.#nodes) {
      const sorted = [...samples.values()];
      for (const [index, sample] of sorted.entries()) {
        const value = this.#valueOf(figure, sorted[index - 1], sample);
        if (value === undefined) continue;
        const time = Math.floor((sample[0] ?? 0) / 1_000 / PERIOD) * PERIOD;
        const values = buckets.get(time) ?? [];
        buckets.set(time, values);
        values.push(value);
      }
      const value = this.nowOf(node, figure);
      if (value !== undefined) current.push(value);
    }
    const times = [...buckets.keys()].sort((a, b) => a - b);
    return {
      times,
      values: times.map((time) => merge(figure, buckets.get(time) ?? [])),
      now: merge(figure, current) ?? (isOfProcess(figure) ? undefined : 0),
    };
  }

  /** Value of a figure at one node now; `undefined` as long as it is unknown. */
  nowOf(node: string, figure: Figure): number | undefined {
    const newest = this.#newest.get(node);
    if (newest === undefined) return undefined;
    const samples = [
      ...this.#nodes.get(node)?.values() ?? [],
      this.#before.get(node) ?? [],
    ];
    const before = samples.findLast(([time = Infinity]) =>
      (newest[0] ?? 0) - time >= MIN_RATE_MS
    );
    return this.#valueOf(figure, before, newest);
  }

  #valueOf(
    figure: Figure,
    before: readonly number[] | undefined,
    sample: readonly number[],
  ): number | undefined {
    const at = (column: string, of: readonly number[]) =>
      of[this.#columns.indexOf(column)] ?? 0;
    const { type, column } = figure;
    // No process takes none: the program that embeds the hub does not say it.
    if (isOfProcess(figure) && at(column, sample) === 0) return undefined;
    if (type === "gauge" || type === "processGauge") return at(column, sample);
    if (before === undefined) return undefined;
    const increase = at(column, sample) - at(column, before);
    if (type === "ratio") {
      const of = at(figure.of, sample) - at(figure.of, before);
      return of > 0 ? increase / of : undefined;
    }
    const seconds = ((sample[0] ?? 0) - (before[0] ?? 0)) / 1_000;
    return seconds > 0 ? Math.max(increase, 0) / seconds : undefined;
  }
}

function isOfProcess({ type }: Figure): boolean {
  return type === "processRate" || type === "processGauge";
}

/** Puts the values of several nodes together. */
function merge({ type }: Figure, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (type) {
    case "gauge":
    case "rate":
      return sum;
    case "ratio":
      return sum / values.length;
    case "processRate":
    case "processGauge":
      return Math.max(...values);
  }
}
