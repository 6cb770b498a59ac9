/** The waits between attempts. */

import { assert, assertEquals } from "@std/assert";
import { backoff } from "../../../lib/client/backoff.ts";

const bounds = { minMs: 500, maxMs: 20_000 };

Deno.test("Backoff does not delay the first attempt", () => {
  assertEquals(backoff(0, { ...bounds, random: 0.9 }), 0);
});

Deno.test("Backoff draws from the whole range below a doubling ceiling", () => {
  assertEquals(backoff(1, { ...bounds, random: 0 }), 500);
  assertEquals(backoff(1, { ...bounds, random: 0.5 }), 750);
  assertEquals(backoff(3, { ...bounds, random: 0 }), 500);
  assertEquals(backoff(3, { ...bounds, random: 0.5 }), 2_250);
});

Deno.test("Backoff stays below the longest wait after any number of attempts", () => {
  for (const attempt of [6, 100, 10_000]) {
    const delayMs = backoff(attempt, { ...bounds, random: 0.999 });
    assert(delayMs > 19_900 && delayMs < 20_000);
  }
});

Deno.test("Backoff waits the shortest wait when the bounds cross", () => {
  assertEquals(backoff(5, { minMs: 500, maxMs: 100, random: 0.7 }), 500);
});
