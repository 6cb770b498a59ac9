/** Waits for what nothing announces, such as a count in another process. */

import { deadline, type DeadlineOptions } from "./deadline.ts";

const PERIOD_MS = 5;

// Taken at load, so that a test with fake time still really waits.
const { setTimeout } = globalThis;

/** Resolves once `condition` holds; rejects when that takes too long. */
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
  } finally {
    late = true;
    await held;
  }
}
