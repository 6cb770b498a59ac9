/** The few statistics that a report of repeated runs needs. */

/**
 * The middle one of `values`, or the mean of the two in the middle.
 *
 * @throws {RangeError} if there are none
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) {
    throw new RangeError("Cannot take the median of no values");
  }
  return (lower + upper) / 2;
}
