/** Exponential backoff with full jitter: the wait before the next attempt to connect. */

/** Bounds of the wait, in milliseconds. */
export interface BackoffBounds {
  /** The shortest wait. */
  readonly minMs: number;
  /** The longest wait. */
  readonly maxMs: number;
}

/**
 * Milliseconds to wait before attempt number `attempt`: none before attempt 0,
 * later anything between `minMs` and a ceiling that doubles with each attempt
 * up to `maxMs`. The whole range is drawn from, so that the clients of a
 * restarted server do not come back all at once.
 *
 * @param random A number from 0 up to, but not including, 1.
 */
export function backoff(
  attempt: number,
  { minMs, maxMs, random }: BackoffBounds & { readonly random: number },
): number {
  if (attempt <= 0) return 0;
  const ceilingMs = Math.min(maxMs, minMs * 2 ** attempt);
  return minMs + random * Math.max(0, ceilingMs - minMs);
}
