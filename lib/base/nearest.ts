/** Nearest of some names to one that is not among them, for errors that suggest what was meant. */

/** Returns the known name that is at most `maxEdits` letters away, in any case of letters. */
export function nearestOf(
  name: string,
  known: Iterable<string>,
  maxEdits: (known: string) => number = defaultEdits,
): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const each of known) {
    const edits = editsBetween(name.toLowerCase(), each.toLowerCase());
    if (edits > maxEdits(each) || edits >= least) continue;
    nearest = each;
    least = edits;
  }
  return nearest;
}

/** A third of the letters. */
function defaultEdits(known: string): number {
  return Math.ceil(known.length / 3);
}

/** Letters that are added, left out, replaced or swapped with their neighbour (optimal string alignment). */
function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      let edits = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
      );
      const isSwapped = row > 1 && column > 1 &&
        from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwapped) edits = Math.min(edits, beforeLast[column - 2]! + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length]!;
}
