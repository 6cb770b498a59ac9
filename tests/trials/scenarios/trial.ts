/** A promise with its trial: one scenario at two scales, and the figures that it must reach. */

import type { SharedBroker } from "../../support/shared_broker.ts";

/** A number that a trial measured, and its mark. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** @default {""} */
  readonly unit?: string;
  /** The most that keeps the promise. */
  readonly atMost?: number;
  /** The least that keeps the promise. */
  readonly atLeast?: number;
}

/** What a machine must have for a trial. */
export type Need = "nginx";

/** Size of a trial: one that tests can wait for, or that of the promise. */
export type Size = "ci" | "full";

/** Takes lines about the progress of a trial. */
export type Progress = (line: string) => void;

/** One row of the table of promises. */
export interface Trial {
  /** The promise in a sentence, which is the name of its test. */
  readonly promise: string;
  /** A word to choose it by. */
  readonly name: string;
  readonly needs: readonly Need[];
  /** Kind of the broker that its nodes share. */
  readonly kind?: SharedBroker;
  /** Number of the network namespace that it makes. */
  readonly machine?: number;
  /** Runs the scenario; throws where it cannot go on. */
  run(size: Size, progress?: Progress): Promise<readonly Figure[]>;
}

/** A trial that knows its scales. */
export interface TrialInit<Scale> {
  readonly promise: string;
  readonly name: string;
  /** @default {[]} */
  readonly needs?: readonly Need[];
  /** @default {its nodes share none} */
  readonly kind?: SharedBroker;
  /** @default {none} */
  readonly machine?: number;
  readonly scales: Readonly<Record<Size, Scale>>;
  readonly scenario: (
    scale: Scale,
    progress: Progress,
  ) => Promise<readonly Figure[]>;
}

/** Makes a trial whose nodes share a broker of that kind. */
export type TrialWith = (kind: SharedBroker) => Trial;

/** Makes a trial of a scenario and its scales. */
export function createTrial<Scale>(
  { needs = [], scales, scenario, ...rest }: TrialInit<Scale>,
): Trial {
  return {
    ...rest,
    needs,
    run: (size, progress = () => {}) => scenario(scales[size], progress),
  };
}

/** Whether a figure reaches its mark; not a number reaches none. */
export function isReached(
  { value, atMost = Infinity, atLeast = -Infinity }: Figure,
): boolean {
  return value <= atMost && value >= atLeast;
}

/** A figure for people: `gone 10312 ms (at most 11000)`. */
export function formatFigure(figure: Figure): string {
  const { name, value, unit = "", atMost, atLeast } = figure;
  const rounded = Math.abs(value) < 100 ? Math.round(value * 100) / 100 : Math
    .round(value);
  const marks = [
    ...atLeast === undefined ? [] : [`at least ${atLeast}`],
    ...atMost === undefined ? [] : [`at most ${atMost}`],
  ];
  const mark = atMost !== undefined && atMost === atLeast
    ? `exactly ${atMost}`
    : marks.join(", ");
  const text = `${name} ${rounded}${unit && ` ${unit}`}`;
  return mark === "" ? text : `${text} (${mark})`;
}

/** A figure of which there may be none. */
export function none(name: string, value: number): Figure {
  return { name, value, atMost: 0, atLeast: 0 };
}

/** A figure that must be exactly `expected`. */
export function exactly(
  name: string,
  value: number,
  expected: number,
): Figure {
  return { name, value, atMost: expected, atLeast: expected };
}
