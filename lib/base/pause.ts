/** Pause of something that waits for the time alone. */

import type { Clock } from "./clock.ts";

/** Resolves after `delayMs`. */
export function pause(
  clock: Pick<Clock, "after">,
  delayMs: number,
): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}
