/** Rules of who may know whom, and the files that break them. */

import { findGlobalUses } from "./global_uses.ts";
import type { Arrow } from "./import_graph.ts";
import { matchesAny } from "./path_pattern.ts";
import type { SourceFile } from "./source_files.ts";

/** What the files that match `from` may import; the first rule that matches a file counts. */
export interface ArrowRule {
  readonly from: string;
  readonly to: readonly string[];
}

/** Globals that, of the files `within`, only those of `only` may use. */
export interface GlobalRule {
  /** As written in code: `Date.now`, `setTimeout`; `new Date` stands for one without arguments. */
  readonly names: readonly string[];
  readonly within: readonly string[];
  readonly only: readonly string[];
}

/** A sentence for each import that no rule allows. */
export function findForbiddenArrows(
  arrows: readonly Arrow[],
  rules: readonly ArrowRule[],
): string[] {
  return arrows.flatMap(({ from, to }) => {
    const rule = rules.find((rule) => matchesAny(from, [rule.from]));
    if (!rule) return [`${from} imports ${to}, but no rule speaks of ${from}`];
    if (matchesAny(to, rule.to)) return [];
    return [`${from} imports ${to}, which ${rule.from} must not know`];
  });
}

/** A sentence for each use of a global where a rule forbids it. */
export function findForbiddenGlobals(
  files: readonly SourceFile[],
  rules: readonly GlobalRule[],
): string[] {
  return files.flatMap((file) => {
    const names = rules
      .filter(({ within, only }) =>
        matchesAny(file.path, within) && !matchesAny(file.path, only)
      )
      .flatMap(({ names }) => names);
    return findGlobalUses(file, names);
  });
}
