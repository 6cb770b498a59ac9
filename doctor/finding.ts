/** Findings of the doctor, and the report that a person reads. */

/** Kind of a finding: failures alone decide about the exit code. */
export type Status = "ok" | "warning" | "failed" | "skipped";

/** Result of one check. */
export interface Finding {
  readonly status: Status;
  /** Name of the check, in one or two words. */
  readonly check: string;
  /** A sentence about the result, without its full stop. */
  readonly text: string;
  /** Remedy. */
  readonly advice?: string;
}

/** Deviation of a clock that needs no thought: dates of HTTP have whole seconds. */
export const CLOCK_SLACK_MS = 2_000;

const LABELS: Readonly<Record<Status, string>> = {
  ok: "ok",
  warning: "WARNING",
  failed: "FAILED",
  skipped: "skipped",
};
const LABEL_WIDTH = 9;
const CHECK_WIDTH = 12;

/** One or two lines: what was found, and below it what to do about it. */
export function toLines({ status, check, text, advice }: Finding): string {
  const head = LABELS[status].padEnd(LABEL_WIDTH) + check.padEnd(CHECK_WIDTH);
  if (advice === undefined) return head + text;
  return `${head}${text}\n${" ".repeat(head.length)}→ ${advice}`;
}

/** The last line: how many findings of each kind there are. */
export function summaryOf(findings: readonly Finding[]): string {
  const counts = (["failed", "warning", "skipped", "ok"] as const).map(
    (status) =>
      `${findings.filter((it) => it.status === status).length} ${status}`,
  );
  return counts.join(", ");
}

/** Exit code of the process: 1 if any check failed. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ status }) => status === "failed") ? 1 : 0;
}

/** The message of anything that was thrown, and that of its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
