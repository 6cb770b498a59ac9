/** Patterns of channels: `*` stands for anything, also for nothing. */

/** Makes the function that says whether a name fits a pattern. */
export function createPattern(pattern: string): (name: string) => boolean {
  const pieces = pattern.split("*");
  return (name) => matchesPieces(pieces, name);
}

/**
 * True if a name is the pieces with anything between them. Each piece is taken at its
 * first occurrence behind the piece before it, and never moved again.
 */
export function matchesPieces(
  pieces: readonly string[],
  name: string,
): boolean {
  const last = pieces.length - 1;
  const head = pieces[0] ?? "";
  const tail = pieces[last] ?? "";
  if (last === 0) return name === head;
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let end = head.length;
  for (let index = 1; index < last; index++) {
    const piece = pieces[index] ?? "";
    const start = name.indexOf(piece, end);
    if (start < 0) return false;
    end = start + piece.length;
  }
  return end <= name.length - tail.length;
}
