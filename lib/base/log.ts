/** Logs as JSON lines: level, time, event, then the fields of the event. */

import type { Clock } from "./clock.ts";

/** Importance of an event. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** From the most to the least talkative. */
export const LOG_LEVELS: readonly LogLevel[] = [
  "debug",
  "info",
  "warn",
  "error",
];

/** What an event carries. Never a token, nor a payload. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one event per call; `event` is a constant in snake_case. */
export type Log = {
  readonly [Level in LogLevel]: (event: string, fields?: LogFields) => void;
};

/**
 * How much a failure matters whose cause may be a broker: while that is away, it has
 * a line of its own, and one for each call that it refuses would bury it.
 */
export function levelOfFailure(
  { ready }: { readonly ready: boolean },
): "error" | "debug" {
  return ready ? "error" : "debug";
}

/** Where a log goes and what it leaves out. */
export interface LogOptions {
  /** Events of a lower level are not written. */
  readonly level: LogLevel;
  /** What the time of an event is taken from. */
  readonly clock: Clock;
  /** Takes a finished line. By default the console's method of the same level. */
  readonly write?: (level: LogLevel, line: string) => void;
}

/**
 * What JSON leaves as it is, and a terminal or a log viewer acts upon: control
 * characters above 0x7e, line separators, and marks that turn the direction of
 * text.
 */
const UNSAFE = /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Makes a log. */
export function createLog(options: LogOptions): Log {
  const { level, clock, write = writeToConsole } = options;
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

/** What a line says. */
export interface LogEvent {
  /** How much it matters. */
  readonly level: LogLevel;
  /** What its time is taken from. */
  readonly clock: Clock;
  /** What has happened, in snake_case. */
  readonly event: string;
  /** What it carries. */
  readonly fields?: LogFields;
}

/** One event as a line of JSON, without its end. Never throws, whatever the fields hold. */
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

/** A copy that can be written: what has a cycle, or throws when it is looked at, has no JSON. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value, toWritable) ?? "null");
  } catch {
    return `an unwritable ${typeof value}`;
  }
}

/** What a program throws may be anything. */
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
