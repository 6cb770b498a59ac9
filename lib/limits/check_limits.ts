/** Ranges of a hub's limits, and their order among each other. */

import { shown } from "../base/options.ts";
import { DEFAULT_LIMITS, type HubLimits } from "./hub_limits.ts";

/**
 * Longest duration of any setting. A timer holds 2³¹ − 1 ms, a little more, and calls
 * back at once for anything longer; SDKs add some seconds to what they are given.
 */
export const MAX_DURATION_MS = 596 * 3_600_000;

/** Checks whether timers can hold a number of milliseconds. */
export function isDuration(ms: number): boolean {
  return ms >= 0 && ms <= MAX_DURATION_MS;
}

/** Rule of {@linkcode isDuration}, for error messages. */
export const DURATION_RULE =
  `a number of milliseconds from 0 to ${MAX_DURATION_MS}`;

/** Number that is out of its range, by default a limit. */
export interface LimitProblem<Name extends string = keyof HubLimits> {
  readonly name: Name;
  readonly value: number;
  /** Rule that it breaks, for error messages. */
  readonly expected: string;
}

/** Lists the limits that are out of their ranges; `nameOf` names a limit in a sentence. */
export function problemsOf(
  limits: HubLimits,
  nameOf: (name: keyof HubLimits) => string = (name) => name,
): readonly LimitProblem[] {
  const names = Object.keys(DEFAULT_LIMITS) as (keyof HubLimits)[];
  const problems = names.flatMap((name) => {
    const expected = ruleBrokenBy(name, limits[name]);
    return expected === undefined
      ? []
      : [{ name, value: limits[name], expected }];
  });
  const { maxMessageBytes, maxBufferedBytes, maxBacklogBytes } = limits;
  if (maxBufferedBytes < maxMessageBytes) {
    problems.push({
      name: "maxBufferedBytes",
      value: maxBufferedBytes,
      expected: `at least ${
        nameOf("maxMessageBytes")
      }, which is ${maxMessageBytes}`,
    });
  }
  if (maxBacklogBytes < maxBufferedBytes) {
    problems.push({
      name: "maxBacklogBytes",
      value: maxBacklogBytes,
      expected: `at least ${
        nameOf("maxBufferedBytes")
      }, which is ${maxBufferedBytes}`,
    });
  }
  return problems;
}

/**
 * Refuses numbers that are out of their ranges; those that are `undefined` count as left out.
 *
 * @throws {TypeError} If the first of them is no number.
 * @throws {RangeError} If it is out of its range.
 */
export function requireNumbers(
  action: string,
  numbers: Readonly<Record<string, number | undefined>>,
): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value === undefined) continue;
    const expected = ruleBrokenBy(name, value);
    if (expected !== undefined) refuse(action, { name, value, expected });
  }
}

/** Throws because of a number that is out of its range. */
export function refuse(
  action: string,
  { name, value, expected }: LimitProblem<string>,
): never {
  const Fault = typeof value === "number" ? RangeError : TypeError;
  throw new Fault(
    `Cannot ${action} with ${name} ${shown(value)}: expected ${expected}`,
  );
}

/** Limits that 0 switches off. */
const RATES: ReadonlySet<string> = new Set(
  [
    "messageRate",
    "byteRate",
    "publishRate",
    "subscribeRate",
    "historyRate",
    "presenceRate",
    "replyByteRate",
    "floodRate",
    "refusalRate",
    "connectRate",
    "connectRatePerAddress",
  ] satisfies (keyof HubLimits)[],
);

/** The rule that a value breaks; the end of its name is its unit. */
function ruleBrokenBy(name: string, value: number): string | undefined {
  // Of a program without types, "5" would be compared as 5 and added as a text.
  const isNumber = typeof value === "number";
  if (name.endsWith("Ms")) {
    return isNumber && isDuration(value) ? undefined : DURATION_RULE;
  }
  if (RATES.has(name)) {
    return isNumber && value >= 0 ? undefined : "a number of at least 0";
  }
  const isCount = value === Infinity || (Number.isInteger(value) && value >= 1);
  return isCount ? undefined : "a whole number of at least 1";
}
