/** A setting that is the path of a JSON file. */

import type { Parsed } from "../lib/base/json.ts";

/** Sources of the settings. */
export interface FileSources {
  /** Reads a variable; an empty one is `undefined`. */
  readonly read: (name: string) => string | undefined;
  /** Reads a file as text; throws if it cannot. */
  readonly readFile: (path: string) => string;
}

/** Reads the file that the variable `name` names; `undefined` without one. */
export function readJsonFile(
  name: string,
  { read, readFile }: FileSources,
): Parsed<unknown> | undefined {
  const path = read(name);
  if (path === undefined) return undefined;
  try {
    // Editors of some systems begin a file with a byte order mark.
    const value = JSON.parse(readFile(path).replace(/^\ufeff/, ""));
    return { ok: true, value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `${name}="${path}": expected a file with JSON: ${reason}`;
    return { ok: false, problems: [problem] };
  }
}
