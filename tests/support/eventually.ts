/** Waits for what nothing announces, such as a count in another process. */

import { deadline, DeadlineError, type DeadlineOptions } from "./deadline.ts";

const PERIOD_MS = 5;
/** Time in which the last look has to end, so that a test leaves nothing behind. */
const LAST_LOOK_MS = 2_000;

// Taken at load, so that a test with fake time still really waits.
const { setTimeout } = globalThis;

/** Resolves once `condition` holds; rejects when that takes too long, also where the condition itself never settles. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  options: DeadlineOptions,
): Promise<void> {
  let late = false;
  const held = (async () => {
    while (!late && !await condition()) {
      await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
    }
  })();
  try {
    await deadline(held, options);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    late = true;
    const awaited = "the last look at a condition";
    await deadline(held, { awaited, timeoutMs: LAST_LOOK_MS }).catch(() => {});
    throw error;
  }
}
