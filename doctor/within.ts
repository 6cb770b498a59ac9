/** A wait with a limit, after which it says what it has waited for. */

import { systemClock } from "../lib/base/clock.ts";

/** Time in which anything that works has answered. */
export const PATIENCE_MS = 10_000;

/**
 * Resolves as `promise` does.
 *
 * @throws {Error} After `ms`, with what was expected.
 */
export function within<T>(
  promise: Promise<T>,
  expected: string,
  ms = PATIENCE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = systemClock.after(
      ms,
      () => reject(new Error(`${expected} did not come within ${ms / 1000} s`)),
    );
    promise.then(resolve, reject).finally(cancel);
  });
}
