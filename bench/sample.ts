/** What one server gave in one turn, and the arithmetic of several turns. */

import { median } from "./statistics.ts";

/** Figures that a turn may give; `isPaced` ones depend on how much of the cores others leave. */
export const FIGURES = {
  rate: { title: "per second", digits: 0, isPaced: true },
  cpuMicros: { title: "CPU µs each", digits: 2, isPaced: false },
  perFrame: { title: "per frame", digits: 1, isPaced: false },
  p50Ms: { title: "p50 ms", digits: 2, isPaced: true },
  p99Ms: { title: "p99 ms", digits: 2, isPaced: true },
  aloneP50Ms: { title: "p50 ms alone", digits: 2, isPaced: true },
  aloneP99Ms: { title: "p99 ms alone", digits: 2, isPaced: true },
  brokerMicros: { title: "CPU µs of the broker", digits: 2, isPaced: false },
  joinMicros: { title: "CPU µs per join", digits: 0, isPaced: false },
  leaveMicros: { title: "CPU µs per leave", digits: 0, isPaced: false },
  kibibytes: { title: "KiB each, idle", digits: 1, isPaced: false },
  freshKibibytes: { title: "KiB just connected", digits: 1, isPaced: false },
} as const;

/** The name of a figure. */
export type Figure = keyof typeof FIGURES;

/** One turn of one server. */
export interface Sample {
  readonly values: Readonly<Partial<Record<Figure, number>>>;
  /** How the cores were used, where server and generator had one each. */
  readonly cores?: CoreUse;
}

/** Shares of the two cores. */
export interface CoreUse {
  /** What the server used of its core, and what other processes used of it. */
  readonly server: number;
  readonly besideServer: number;
  /** What the generator used of its core, and what other processes used of it. */
  readonly generator: number;
  readonly besideGenerator: number;
}

/** Share of its core from which on the generator may be what is measured. */
export const GENERATOR_LIMIT = 0.9;
/** Share of either core from which on other processes disturb a turn. */
const DISTURBED = 0.05;

/** Whether the generator was so busy that the server's rate is not its own. */
export function isVoid(sample: Sample): boolean {
  return (sample.cores?.generator ?? 0) > GENERATOR_LIMIT;
}

/** Whether other processes had so much of the cores that the server's rate is not its own. */
export function isDisturbed({ cores }: Sample): boolean {
  if (cores === undefined) return false;
  return cores.besideServer >= DISTURBED || cores.besideGenerator >= DISTURBED;
}

/** All turns of one server. */
export interface Series {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Why there is nothing, or not everything. */
  readonly failure?: string;
}

/**
 * One figure of the turns, by round; NaN where it does not count. What the
 * server's CPU does for each delivery holds even where its rate does not.
 */
export function valuesOf(series: Series, figure: Figure): number[] {
  const { isPaced } = FIGURES[figure];
  return series.samples.map((sample) =>
    isPaced && (isVoid(sample) || isDisturbed(sample))
      ? NaN
      : sample.values[figure] ?? NaN
  );
}

/** The median of the turns that count; NaN when those are none, or less than half. */
export function medianOf(series: Series, figure: Figure): number {
  const all = valuesOf(series, figure);
  const values = all.filter((value) => !isNaN(value));
  const isEnough = values.length > 0 && values.length * 2 >= all.length;
  return isEnough ? median(values) : NaN;
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
