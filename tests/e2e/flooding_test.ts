/** One client that does one thing as fast as it can, and connects again as soon as it is cut off: the others hardly notice. */

import { assertLessOrEqual } from "@std/assert";
import { FLOODS } from "../../bench/flooder.ts";
import {
  FLOODED_SERVER,
  measureFlood,
} from "../../bench/scenarios/flooding.ts";
import { TestServer } from "../support/server.ts";

const ROUNDS = 7;
const ROUND_MS = 500;
/**
 * Least of what counts as long, in milliseconds: the server, the clients and the
 * flooder share the cores with other tests, and wait for one another that long.
 */
const NOISE_MS = 6;

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
    assertLessOrEqual(flooded.p99, Math.max(quiet.p99 * 2, NOISE_MS));
  });
}
