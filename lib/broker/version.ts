/** Versions of the state that a channel carries: an older one must not follow a newer one. */

/** Version of the state that a publication carries as a whole. */
export interface StateVersion {
  /** Greater with each change of the state: from 1 to `Number.MAX_SAFE_INTEGER`, so that every broker compares it exactly. */
  readonly number: number;
  /** Versions of another epoch cannot be compared; an empty one fits every epoch. */
  readonly epoch: string;
}

/** Makes the version of a publication, or `undefined` of 0. */
export function toVersion(
  number = 0,
  epoch = "",
): StateVersion | undefined {
  return number > 0 ? { number, epoch } : undefined;
}

/** Checks whether a channel has had this version or a newer one, of which `newest` is the last. */
export function isSuperseded(
  { number, epoch }: StateVersion,
  newest: StateVersion | undefined,
): boolean {
  return newest !== undefined && number <= newest.number &&
    (epoch === "" || epoch === newest.epoch);
}
