/** Several servers under the same load, turn by turn. */

import {
  type Figure,
  isDisturbed,
  type Ratio,
  ratioOf,
  type Sample,
  type Series,
} from "./sample.ts";

/** A server, or one way to use it. */
export interface Contender {
  readonly name: string;
  /** Makes one turn: starts the server, puts the load on it, stops it. */
  readonly measure: () => Promise<Sample>;
}

/** One side of a ratio: a contender's figure. */
export interface Side {
  readonly of: string;
  readonly figure: Figure;
}

/** What a ratio has to reach. */
export interface Mark {
  readonly title: string;
  readonly above: Side;
  /** The best of these that ran. */
  readonly below: readonly Side[];
  readonly must: number;
  readonly goal?: number;
  /** Whether the ratio may be at most that, instead of at least. */
  readonly isCeiling?: boolean;
}

/** Contenders, how they are compared, and what the result has to be. */
export interface Contest {
  readonly title: string;
  /** What happens, in a sentence. */
  readonly load: string;
  readonly contenders: readonly Contender[];
  /** Contenders that cannot run here, and why. */
  readonly absent?: readonly {
    readonly name: string;
    readonly reason: string;
  }[];
  /** The columns of the report. */
  readonly figures: readonly Figure[];
  readonly marks: readonly Mark[];
  /** About how long a turn lasts. */
  readonly turnMs: number;
}

/** A mark, and what was measured. */
export interface Verdict {
  readonly mark: Mark;
  readonly ratio?: Ratio;
  /** Where rates are compared: the same by the CPU time of each, which other processes disturb less. */
  readonly cpuRatio?: number;
  /** Whether no turn had a rate that counts, so that the CPU time decided. */
  readonly isByCpu?: boolean;
  /** Against whom, if anybody ran. */
  readonly against?: string;
  readonly state: "goal" | "must" | "missed" | "void" | "failed" | "not run";
}

/** What a contest gave. */
export interface Result {
  readonly contest: Pick<Contest, "title" | "load" | "figures" | "absent">;
  readonly series: readonly Series[];
  readonly verdicts: readonly Verdict[];
}

/** How a contest is run. */
export interface ContestOptions {
  readonly rounds: number;
  /** How many disturbed turns of a contender are made again. */
  readonly repeats: number;
  /** Called before each turn; `isRepeated` where the one before was disturbed. */
  readonly onTurn: (
    contender: Contender,
    round: number,
    isRepeated: boolean,
  ) => void;
  /** Called after each turn that was not a repetition. */
  readonly onTurnEnd: () => void;
}

/**
 * Runs all rounds. In each, every contender has one turn; each round begins
 * with another of them. A turn that other processes disturbed is made again,
 * up to so many times.
 */
export async function runContest(
  contest: Contest,
  { rounds, repeats, onTurn, onTurnEnd }: ContestOptions,
): Promise<Result> {
  const runs = contest.contenders.map((contender) => ({
    contender,
    samples: [] as Sample[],
    repeats,
    failure: undefined as string | undefined,
  }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < runs.length; turn++) {
      const run = runs[(round + turn) % runs.length]!;
      if (run.failure !== undefined) {
        onTurnEnd();
        continue;
      }
      try {
        onTurn(run.contender, round, false);
        let sample = await run.contender.measure();
        while (isDisturbed(sample) && run.repeats-- > 0) {
          onTurn(run.contender, round, true);
          sample = await run.contender.measure();
        }
        run.samples.push(sample);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        run.failure = error.message;
      }
      onTurnEnd();
    }
  }
  const series = runs.map(({ contender: { name }, samples, failure }) => ({
    name,
    samples,
    failure,
  }));
  const verdicts = contest.marks.map((mark) => judge(mark, series));
  return { contest, series, verdicts };
}

/** A mark's ratio against one rival. */
interface Comparison {
  readonly against: string;
  readonly ratio: Ratio;
  readonly cpuRatio?: number;
  readonly isByCpu: boolean;
}

/** Compares what was measured with a mark. */
export function judge(mark: Mark, series: readonly Series[]): Verdict {
  const find = (name: string) => series.find((each) => each.name === name);
  const above = find(mark.above.of);
  if (above === undefined) return { mark, state: "not run" };
  if (above.failure !== undefined) return { mark, state: "failed" };
  const rivals = mark.below.flatMap((side) => {
    const below = find(side.of);
    if (below === undefined || below.failure !== undefined) return [];
    return [compare(mark, above, [below, side.figure])];
  });
  // The best rival is the one against which the ratio is worst.
  const worst = mark.isCeiling ? -1 : 1;
  const [best] = rivals.filter(({ ratio }) => !isNaN(ratio.median))
    .toSorted((a, b) => worst * (a.ratio.median - b.ratio.median));
  if (best !== undefined) {
    return { mark, ...best, state: stateOf(mark, best.ratio.median) };
  }
  return { mark, state: rivals.length > 0 ? "void" : "not run" };
}

/** Where no turn has a rate of its own, the CPU time of each delivery decides. */
function compare(
  { above: { figure } }: Mark,
  above: Series,
  [below, belowFigure]: readonly [Series, Figure],
): Comparison {
  const against = below.name;
  const ratio = ratioOf([above, figure], [below, belowFigure]);
  if (figure !== "rate") return { against, ratio, isByCpu: false };
  const byCpu = ratioOf([below, "cpuMicros"], [above, "cpuMicros"]);
  const isByCpu = isNaN(ratio.median);
  return {
    against,
    ratio: isByCpu ? byCpu : ratio,
    cpuRatio: byCpu.median,
    isByCpu,
  };
}

function stateOf(
  { must, goal, isCeiling = false }: Mark,
  ratio: number,
): "goal" | "must" | "missed" {
  const reaches = (limit: number) =>
    isCeiling ? ratio <= limit : ratio >= limit;
  if (goal !== undefined && reaches(goal)) return "goal";
  return reaches(must) ? "must" : "missed";
}
