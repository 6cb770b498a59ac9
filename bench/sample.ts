/** What one server gave in one turn, and the arithmetic of several turns. */

import { median } from "./statistics.ts";

/** Figures that a turn may give. */
export const FIGURES = {
  rate: { title: "per second", digits: 0, isCost: false },
  cpuMicros: { title: "CPU µs each", digits: 2, isCost: true },
  perFrame: { title: "per frame", digits: 1, isCost: false },
  p50Ms: { title: "p50 ms", digits: 2, isCost: true },
  p99Ms: { title: "p99 ms", digits: 2, isCost: true },
  joinCpu: { title: "CPU s of all joins", digits: 2, isCost: true },
  leaveCpu: { title: "CPU s of all leaves", digits: 2, isCost: true },
  kibibytes: { title: "KiB each", digits: 1, isCost: true },
} as const;

/** The name of a figure. */
export type Figure = keyof typeof FIGURES;

/** One turn of one server. */
export interface Sample {
  readonly values: Readonly<Partial<Record<Figure, number>>>;
  /** Shares of the server's core: the server's own, and that of other processes. */
  readonly server: number;
  readonly others: number;
  /** Shares of the generator's core: the generator's own, and that of other processes. */
  readonly generator: number;
  readonly otherGenerators: number;
}

/** Share of its core from which on the generator may be what is measured. */
export const GENERATOR_LIMIT = 0.9;
/** Share of either core from which on other processes disturb a turn. */
const DISTURBED = 0.05;

/** Whether the generator was so busy that the turn says nothing about the server. */
export function isVoid(sample: Sample): boolean {
  return sample.generator > GENERATOR_LIMIT;
}

/** Whether other processes had so much of the cores that the turn says little. */
export function isDisturbed(sample: Sample): boolean {
  return sample.others >= DISTURBED || sample.otherGenerators >= DISTURBED;
}

/** All turns of one server. */
export interface Series {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Why there is nothing, or not everything. */
  readonly failure?: string;
}

/** One figure of the turns that count, by round; NaN where a round is void. */
export function valuesOf(series: Series, figure: Figure): number[] {
  return series.samples.map((sample) =>
    isVoid(sample) ? NaN : sample.values[figure] ?? NaN
  );
}

/** The median of the turns that count; NaN when there is none. */
export function medianOf(series: Series, figure: Figure): number {
  const values = valuesOf(series, figure).filter((value) => !isNaN(value));
  return values.length === 0 ? NaN : median(values);
}

/** A ratio of medians, and the least and the greatest of the rounds' ratios. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Divides one series by another. */
export function ratioOf(
  [above, aboveFigure]: readonly [Series, Figure],
  [below, belowFigure]: readonly [Series, Figure],
): Ratio {
  const divisors = valuesOf(below, belowFigure);
  const rounds = valuesOf(above, aboveFigure)
    .map((value, round) => value / (divisors[round] ?? NaN))
    .filter((value) => !isNaN(value));
  return {
    median: medianOf(above, aboveFigure) / medianOf(below, belowFigure),
    least: rounds.length === 0 ? NaN : Math.min(...rounds),
    most: rounds.length === 0 ? NaN : Math.max(...rounds),
  };
}
