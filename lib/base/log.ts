/** Logs as JSON lines: level, time, event, then the fields of the event. */

import type { Clock } from "./clock.ts";

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

/**
 * Level of a failure that an absent broker may have caused. The absence has a line
 * of its own; one more for each refused call would bury it.
 */
function levelOfFailure(
  { ready }: { readonly ready: boolean },
): "error" | "debug" {
  return ready ? "error" : "debug";
}

/** A log, and the broker that may be the cause of failures. */
export interface FailureLog {
  /** Takes the failures. */
  readonly log: Log;
  /** Sets their level: without a broker they are only for debugging. */
  readonly broker: { readonly ready: boolean };
}

/** Logs a failure that an absent broker may have caused, at its level. */
export function logFailure(
  { log, broker }: FailureLog,
  event: string,
  fields: LogFields,
): void {
  log[levelOfFailure(broker)](event, fields);
}

/** Destination of a log, and the events that it leaves out. */
export interface LogOptions {
  /** Events of a lower level are not written. */
  readonly level: LogLevel;
  /** Source of the events' times. */
  readonly clock: Clock;
  /** Takes a finished line. By default the console's method of the same level. */
  readonly write?: (level: LogLevel, line: string) => void;
}

/**
 * Characters that JSON does not escape, but that terminals and log viewers act on:
 * control characters above 0x7e, line separators, and marks that change the
 * direction of text.
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

/** An event with its level and its time. */
export interface LogEvent {
  /** Its importance. */
  readonly level: LogLevel;
  /** Source of its time. */
  readonly clock: Clock;
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
