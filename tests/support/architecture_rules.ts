/** Rules of the architecture, and the files that break them. */

import type { Room } from "./architecture.ts";
import { findGlobalUses } from "./global_uses.ts";
import type { Arrow } from "./import_graph.ts";
import { matchesAny } from "./path_pattern.ts";
import type { SourceFile } from "./source_files.ts";

/** Globals that, of the files `within`, only those of `only` may use. */
export interface GlobalRule {
  /** As written in code: `Date.now`, `setTimeout`; `new Date` stands for one without arguments. */
  readonly names: readonly string[];
  readonly within: readonly string[];
  readonly only: readonly string[];
}

/** The room of a path: the file itself where it stands alone, else its folder, or any folder beside it as `demos/*`. */
export function roomOf(path: string, rooms: readonly Room[]): string {
  if (rooms.some(({ name }) => name === path)) return path;
  const folder = path.replace(/\/?[^/]*$/, "");
  const anyFolder = folder.replace(/[^/]*$/, "*");
  if (rooms.some(({ name }) => name === folder)) return folder;
  if (rooms.some(({ name }) => name === anyFolder)) return anyFolder;
  return folder === "" ? path : folder;
}

/** A sentence for each import that the table of rooms does not allow. */
export function findForbiddenArrows(
  arrows: readonly Arrow[],
  rooms: readonly Room[],
): string[] {
  return arrows.flatMap(({ from, to }) => {
    const name = roomOf(from, rooms);
    const room = rooms.find((room) => room.name === name);
    if (room === undefined) return [`${from} imports ${to}: no room "${name}"`];
    const target = /^(npm|jsr|node):/.test(to) ? to : roomOf(to, rooms);
    if (target === name || room.rooms.includes(target)) return [];
    if (room.packages?.includes(target)) return [];
    return [`${from} imports ${to}: "${name}" must not know "${target}"`];
  });
}

/** A sentence for each row of the table that names a room above itself, or none. */
export function findUpwardArrows(rooms: readonly Room[]): string[] {
  return rooms.flatMap(({ name, rooms: targets }, floor) =>
    targets
      .filter((to) => rooms.findIndex((room) => room.name === to) <= floor)
      .map((to) => `"${name}" may import "${to}", which is not below it`)
  );
}

/** The files of every circle of imports, and those that stand between two circles. */
export function findCircles(arrows: readonly Arrow[]): string[] {
  let left = arrows;
  for (;;) {
    const sources = new Set(left.map(({ from }) => from));
    const targets = new Set(left.map(({ to }) => to));
    // A file that imports none of the others, or that none imports, is in no circle.
    const kept = left.filter(({ from, to }) =>
      sources.has(to) && targets.has(from)
    );
    if (kept.length === left.length) return [...sources].sort();
    left = kept;
  }
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
