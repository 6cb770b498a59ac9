/** The simulation is tried itself: it has to find each of the planted bugs. */

import { assert } from "@std/assert";
import { PLANTED_BUGS } from "./planted_bugs.ts";
import { run } from "./simulation.ts";

/** Seeds within which a bug has to be found. */
const MAX_SEEDS = 500;

for (const [name, plant] of Object.entries(PLANTED_BUGS)) {
  Deno.test(`The simulation finds that ${name}`, async () => {
    for (let seed = 1; seed <= MAX_SEEDS; seed++) {
      const { violation } = await run(seed, { plant });
      if (violation === undefined) continue;
      console.log(`found with seed ${seed}: ${violation.message}`);
      return;
    }
    assert(false, `not found with ${MAX_SEEDS} seeds`);
  });
}
