/** One client that does one thing as fast as it can, and connects again as soon as it is cut off: the others hardly notice. */

import { assertLessOrEqual } from "@std/assert";
import { FLOODS } from "../../bench/flooder.ts";
import {
  FLOODED_SERVER,
  measureFlood,
  type RoundTrips,
} from "../../bench/scenarios/flooding.ts";
import { TestServer } from "../support/server.ts";

const ROUNDS = 9;
const ROUND_MS = 400;
/** Least of what counts as long, in milliseconds: the server and the clients share the cores with the flooder. */
const NOISE_MS = 6;

/** The p99 of the least disturbed quarter of the rounds: other tests make some of them longer, a flood all. */
function lowerQuartile(rounds: readonly RoundTrips[]): number {
  const sorted = rounds.map(({ p99 }) => p99).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 4)]!;
}

for (const flood of FLOODS) {
  Deno.test(`A client that floods the server (${flood}) leaves the others' p99 within twice that of quiet`, async () => {
    await using server = await TestServer.start({
      env: { INSECURE_ANONYMOUS_ALL: "true", ...FLOODED_SERVER },
    });
    const { quiet, flooded } = await measureFlood({
      port: Number(new URL(server.url).port),
      flood,
      durationMs: ROUND_MS,
      rounds: ROUNDS,
    });
    // Beside other tests a quiet round may be as long as that, too.
    const longest = Math.max(...quiet.map(({ p99 }) => p99));
    const most = Math.max(lowerQuartile(quiet) * 2, longest, NOISE_MS);
    assertLessOrEqual(lowerQuartile(flooded), most);
  });
}
