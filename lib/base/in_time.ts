/** Bound of the wait for something to end. */

import type { Clock } from "./clock.ts";
import { deferred } from "./deferred.ts";

/** Milliseconds until a connection is left to end by itself; a hub that ends has little time. */
const CLOSE_WITHIN_MS = 1_000;

/**
 * Waits for the end of a connection or another work, but not long: without its servers a
 * library takes as long as all its attempts. A failure is not reported: what was not
 * answered by then may be lost.
 */
export async function inTime(
  ending: PromiseLike<unknown> | undefined,
  clock: Clock,
  withinMs: number = CLOSE_WITHIN_MS,
): Promise<void> {
  const late = deferred();
  const stop = clock.after(withinMs, late.resolve);
  const settled = Promise.resolve(ending).then(() => {}, () => {});
  await Promise.race([settled, late.promise]);
  stop();
}
