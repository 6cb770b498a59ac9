/** Rows of the log: frames and notes, newest last, up to a bound. */

import type { FrameData } from "../../lib/client/mod.ts";

/** Rows kept; older ones go first. */
export const MAX_ROWS = 500;

/** Bytes of a binary frame that are shown. */
const SHOWN_BYTES = 32;

/** One row of the log. */
export interface Row {
  /** Distinguishes the rows of one log. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Received, sent, or written by the page itself. */
  readonly kind: "in" | "out" | "note";
  readonly text: string;
}

/** Parts of a frame's text that differ in style; together they are the text. */
export interface FrameParts {
  /** Kind of frame, for its style. */
  readonly tone: "message" | "control" | "error";
  /** Uid or channel with the separator after it; empty without one. */
  readonly address: string;
  readonly body: string;
}

/** Appends a row, and drops the oldest ones beyond the bound. */
export function appendRow(rows: readonly Row[], row: Row): readonly Row[] {
  return [...rows.slice(Math.max(0, rows.length - MAX_ROWS + 1)), row];
}

/** Text as it is; bytes in hexadecimal. */
export function frameText(data: FrameData): string {
  if (typeof data === "string") return data;
  const bytes = new Uint8Array(data, 0, Math.min(data.byteLength, SHOWN_BYTES));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const rest = data.byteLength > SHOWN_BYTES ? " …" : "";
  return `[${data.byteLength} bytes] ${hex.join(" ")}${rest}`;
}

/** Takes a frame apart: `alice>hello` and `#room:hello` in, `bob:hello` out. */
export function frameParts({ kind, text }: Row): FrameParts {
  const whole = { address: "", body: text };
  if (kind === "note" || /^(?:ping|pong|[+-]#.*)$/s.test(text)) {
    return { tone: "control", ...whole };
  }
  if (kind === "in" && text.startsWith("error:")) {
    return { tone: "error", ...whole };
  }
  const separator = kind === "in" && !text.startsWith("#") ? ">" : ":";
  const end = text.indexOf(separator) + 1;
  return {
    tone: "message",
    address: text.slice(0, end),
    body: text.slice(end),
  };
}
