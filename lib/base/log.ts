/** Logs as JSON lines: level, time, event, then the fields of the event. */

import { type Clock, systemClock } from "./clock.ts";
import { BrokerAwayError } from "./errors.ts";
import { namesOf, requireKnown, shown } from "./options.ts";

/** Importance of an event. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Levels from the most to the least detailed. */
export const LOG_LEVELS: readonly LogLevel[] = [
  "debug",
  "info",
  "warn",
  "error",
];

/** Fields of an event: never a token, nor a payload. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one event per call; `event` is a constant in snake_case. */
export type Log = {
  readonly [Level in LogLevel]: (event: string, fields?: LogFields) => void;
};

/** A log, and the broker that may be the cause of failures. */
export interface FailureLog {
  /** Takes the failures. */
  readonly log: Log;
  /** Sets their level: without a broker they are only for debugging. */
  readonly broker: { readonly ready: boolean };
}

/**
 * Logs a failure: as an error, or for debugging if an absent broker is its cause. The
 * absence has a line of its own; one more for each refused call would bury it.
 */
export function logFailure(
  { log, broker }: FailureLog,
  event: string,
  fields: LogFields & { readonly error: unknown },
): void {
  const isAway = !broker.ready || isOfAway(fields.error);
  log[isAway ? "debug" : "error"](event, fields);
}

/** Checks for the error of a server that is away: one of several, while the broker is ready. */
function isOfAway(error: unknown): boolean {
  return error instanceof BrokerAwayError ||
    error instanceof Error && error.cause instanceof BrokerAwayError;
}

/** Destination of a log, and the events that it leaves out. */
export interface LogOptions {
  /** Events of a lower level are not written. */
  readonly level: LogLevel;
  /** Source of the events' times. @default {the machine's} */
  readonly clock?: Pick<Clock, "wallTime">;
  /** Takes a finished line. By default the console's method of the same level. */
  readonly write?: (level: LogLevel, line: string) => void;
}

const LOG_OPTIONS = namesOf<LogOptions>({
  level: true,
  clock: true,
  write: true,
});

/**
 * Characters that JSON does not escape, but that terminals and log viewers act on:
 * control characters above 0x7e, line separators, and marks that change the
 * direction of text.
 */
const UNSAFE = /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes a log.
 *
 * @example A hub whose log goes to a function of the program, refused tokens included
 * ```ts
 * import { createHub, createLog } from "@thrum/thrum";
 *
 * const log = createLog({
 *   level: "info",
 *   write: (level, line) => console.error(level, line),
 * });
 * const hub = createHub({ access: "anonymous", log });
 * ```
 *
 * @throws {TypeError} If there is no such option or no such level.
 */
export function createLog(options: LogOptions): Log {
  requireKnown("make a log", options, LOG_OPTIONS);
  const { level, clock = systemClock, write = writeToConsole } = options;
  if (!LOG_LEVELS.includes(level)) {
    throw new TypeError(
      `Cannot make a log with the level ${shown(level)}: ` +
        `expected one of ${LOG_LEVELS.join(", ")}`,
    );
  }
  const lowest = LOG_LEVELS.indexOf(level);
  const writer = (level: LogLevel) => (event: string, fields?: LogFields) => {
    if (LOG_LEVELS.indexOf(level) < lowest) return;
    write(level, toLine({ level, clock, event, fields }));
  };
  return {
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: writer("error"),
  };
}

/** An event with its level and its time. */
export interface LogEvent {
  /** Its importance. */
  readonly level: LogLevel;
  /** Source of its time. */
  readonly clock: Pick<Clock, "wallTime">;
  /** Its name, in snake_case. */
  readonly event: string;
  /** Its fields. */
  readonly fields?: LogFields;
}

/** Writes an event as a line of JSON without a line break. Never throws, whatever the fields hold. */
export function toLine({ level, clock, event, fields }: LogEvent): string {
  const time = new Date(clock.wallTime).toISOString();
  const json = toJson({ level, time, event, ...fields });
  return json.replace(
    UNSAFE,
    (character) =>
      `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function toJson(entry: LogFields): string {
  try {
    return JSON.stringify(entry, toWritable);
  } catch {
    const fields = Object.entries(entry);
    return JSON.stringify(
      Object.fromEntries(fields.map(([name, value]) => [name, plain(value)])),
    );
  }
}

/** Copies a value so that it can be written; a value with a cycle or a throwing getter is replaced. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value, toWritable) ?? "null");
  } catch {
    return `an unwritable ${typeof value}`;
  }
}

/** Replaces values that JSON does not know, as `JSON.stringify` asks for each. */
function toWritable(_: string, value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message;
  if (typeof value === "bigint" || typeof value === "symbol") {
    return String(value);
  }
  return value;
}

function writeToConsole(level: LogLevel, line: string): void {
  console[level](line);
}
