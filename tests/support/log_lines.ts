/** The JSON log of a process, line by line, awaitable by event. */

import { deadline } from "./deadline.ts";

/** One line of the log. */
export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

interface Waiter {
  readonly event: string;
  readonly resolve: (line: LogLine) => void;
  readonly reject: (error: Error) => void;
}

// With `deno serve --parallel` Deno itself says which isolate wrote the line.
const WORKER_PREFIX = /^\[serve-worker-\d+\s*\] /;

function isLogLine(value: unknown): value is LogLine {
  return typeof value === "object" && value !== null && "event" in value &&
    typeof value.event === "string";
}

/** The line as JSON with an event, or undefined where it is anything else. */
export function parseLogLine(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(WORKER_PREFIX, ""));
    return isLogLine(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Collects log lines and hands them to whoever waits. */
export class LogLines {
  readonly lines: LogLine[] = [];
  #waiters: Waiter[] = [];
  #ended: string | undefined;

  /** Takes one line of output; what is no log line is passed over. */
  push(text: string): void {
    const line = parseLogLine(text);
    if (!line) return;
    this.lines.push(line);
    const waiting = this.#waiters;
    this.#waiters = waiting.filter(({ event }) => event !== line.event);
    for (const waiter of waiting) {
      if (waiter.event === line.event) waiter.resolve(line);
    }
  }

  /** Rejects whoever still waits: no line comes any more. */
  end(reason: string): void {
    this.#ended = reason;
    for (const { event, reject } of this.#waiters.splice(0)) {
      reject(new Error(`Cannot wait for the log event "${event}": ${reason}`));
    }
  }

  /** Resolves with the first line of that event, already written or to come. */
  waitFor(event: string, timeoutMs?: number): Promise<LogLine> {
    const written = this.lines.find((line) => line.event === event);
    if (written) return Promise.resolve(written);
    const { promise, resolve, reject } = Promise.withResolvers<LogLine>();
    this.#waiters.push({ event, resolve, reject });
    if (this.#ended !== undefined) this.end(this.#ended);
    return deadline(promise, {
      awaited: () => `the log event "${event}"; logged: ${this.#events()}`,
      timeoutMs,
    });
  }

  #events(): string {
    return this.lines.map(({ event }) => event).join(", ") || "nothing";
  }
}
