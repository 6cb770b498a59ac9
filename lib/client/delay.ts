/** A wait that ends early when it is aborted. */

import type { Clock } from "../base/clock.ts";

/** Resolves after `ms`, or as soon as `signal` is aborted. */
export function delay(
  ms: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
