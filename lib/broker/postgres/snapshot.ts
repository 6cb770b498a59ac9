/** Snapshot of PostgreSQL: the transactions that had ended at a time. */

/** A snapshot, read from its text `xmin:xmax:xip`. */
export interface Snapshot {
  /** Transactions below it had ended. */
  readonly xmin: number;
  /** Transactions from it on had not begun. */
  readonly xmax: number;
  /** Transactions between the two that had not ended. */
  readonly open: ReadonlySet<number>;
}

/**
 * Reads a snapshot.
 *
 * @throws {SyntaxError} If PostgreSQL did not write it.
 */
export function parseSnapshot(text: string): Snapshot {
  const [, xmin, xmax, open = ""] = /^(\d+):(\d+):([\d,]*)$/.exec(text) ?? [];
  if (xmin === undefined || xmax === undefined) {
    throw new SyntaxError(
      `Cannot read the snapshot "${text}": expected xmin:xmax:xip`,
    );
  }
  const ids = open === "" ? [] : open.split(",").map(Number);
  return { xmin: Number(xmin), xmax: Number(xmax), open: new Set(ids) };
}

/** Checks whether a transaction had ended. */
export function hasEnded(xid: number, { xmin, xmax, open }: Snapshot): boolean {
  return xid < xmin || (xid < xmax && !open.has(xid));
}
