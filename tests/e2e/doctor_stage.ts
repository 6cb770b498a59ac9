/** A run of the doctor, and the lines of its report. */

import { assert } from "@std/assert";
import { deadline } from "../support/deadline.ts";
import { Shell } from "../support/shell.ts";

/** Settings of the environment. */
export type Env = Readonly<Record<string, string>>;

/** Report of the doctor, and the code that it has ended with. */
export interface Examination {
  readonly report: string;
  readonly code: number;
}

const PATIENCE_MS = 60_000;

/** Runs the doctor by its task. */
export async function examine(
  args: readonly string[],
  env: Env = {},
): Promise<Examination> {
  await using shell = new Shell(`deno task --quiet doctor ${args.join(" ")}`, {
    env,
  });
  const code = await deadline(shell.exit, {
    awaited: "the doctor to end",
    timeoutMs: PATIENCE_MS,
  });
  return { report: shell.output, code };
}

/** The line about one check, advice included. */
export function lineOf(report: string, check: string): string {
  const pattern = new RegExp(`^\\S+ +${check} .*(?:\\n +→.*)?`, "m");
  const [line] = pattern.exec(report) ?? [];
  assert(line !== undefined, `nothing about ${check} in:\n${report}`);
  return line;
}
