/** The whole hub under time, randomness and faults that seeds decide; `deno task sim` runs more of them. */

import { assert, assertEquals } from "@std/assert";
import { run } from "./simulation.ts";

const SEEDS = 100;

Deno.test(`No promise breaks with the seeds 1 to ${SEEDS}`, async () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violation, kind } = await run(seed);
    kinds.add(kind);
    assertEquals(violation, undefined, `deno task sim --seed ${seed}`);
  }
  assertEquals(kinds, new Set(["memory", "isolates", "external"]));
});

Deno.test("A seed replays its run exactly, line by line", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const traces: string[][] = [];
    for (let time = 0; time < 2; time++) {
      const lines: string[] = [];
      await run(seed, { trace: (line) => lines.push(line) });
      traces.push(lines);
    }
    assert(traces[0]!.length > 100);
    assertEquals(traces[0], traces[1]);
  }
});
