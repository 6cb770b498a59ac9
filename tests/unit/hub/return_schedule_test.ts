/** Times at which clients that were sent away may come back. */

import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { disconnects } from "../../../lib/base/disconnect.ts";
import { ReturnSchedule } from "../../../lib/hub/return_schedule.ts";
import { FakeClock } from "../../support/fake_clock.ts";

/** Random numbers that a seed repeats (a linear congruential generator). */
function seeded(seed = 1) {
  return {
    number: () =>
      (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) /
      2 ** 32,
  };
}

function schedule(ratePerSecond = 200) {
  const clock = new FakeClock();
  const returns = new ReturnSchedule({
    clock,
    random: seeded(),
    ratePerSecond,
  });
  const appoint = () =>
    returns.appoint(disconnects.shutdown).retryAfterMs ?? NaN;
  return { clock, returns, appoint };
}

function countIn(times: readonly number[], from: number, to: number): number {
  return times.filter((each) => each >= from && each < to).length;
}

Deno.test("Clients that leave at once come back over their number divided by the rate, evenly", () => {
  const { appoint } = schedule();
  const times = Array.from({ length: 2_000 }, appoint);
  for (let from = 0; from < 11_000; from += 1_000) {
    const count = countIn(times, from, from + 1_000);
    // The first second fills up, and what it lacks comes in the last.
    const isEdge = from === 0 || from === 10_000;
    assertGreater(count, isEdge ? 50 : 150, `from ${from} ms`);
    assertLess(count, isEdge ? 150 : 250, `from ${from} ms`);
  }
  assertEquals(countIn(times, 0, 11_000), 2_000);
});

Deno.test("Clients that leave one after another come back no faster than the rate", () => {
  const { clock, appoint } = schedule();
  const times: number[] = [];
  for (let count = 0; count < 1_000; count++) {
    times.push(clock.now + appoint());
    if (count % 2 === 0) clock.advance(1);
  }
  for (let from = 0; from < 5_000; from += 1_000) {
    assertLess(countIn(times, from, from + 1_000), 250, `from ${from} ms`);
  }
  assert(Math.max(...times) < 6_000);
});

Deno.test("A few clients come back within about a second, each at another moment", () => {
  const { appoint } = schedule();
  const times = Array.from({ length: 20 }, appoint);
  assertEquals(countIn(times, 0, 1_100), 20);
  assertGreater(new Set(times).size, 15);
  assertGreater(Math.max(...times) - Math.min(...times), 500);
});

Deno.test("No client waits longer than a minute, and what comes beyond is spread over it", () => {
  const { appoint } = schedule();
  const times = Array.from({ length: 100_000 }, appoint);
  assertEquals(countIn(times, 0, 60_001), 100_000);
  const rest = times.slice(20_000);
  for (let from = 0; from < 60_000; from += 10_000) {
    const count = countIn(rest, from, from + 10_000);
    assertLess(Math.abs(count - rest.length / 6), 1_500, `from ${from} ms`);
  }
});

Deno.test("A queue of clients is forgotten once its time has passed", () => {
  const { clock, appoint } = schedule();
  for (let count = 0; count < 4_000; count++) appoint();
  assertGreater(appoint(), 18_000);
  clock.advance(25_000);
  assertLess(appoint(), 1_000);
});

Deno.test("The window follows the rate", () => {
  const { appoint } = schedule(10);
  const times = Array.from({ length: 100 }, appoint);
  assertEquals(countIn(times, 0, 11_000), 100);
  assertGreater(countIn(times, 5_000, 10_000), 40);
});

Deno.test("Refused clients are spread over five seconds at least", () => {
  const { returns } = schedule();
  const times = Array.from({ length: 200 }, () => returns.refuse());
  for (let from = 0; from < 5_000; from += 1_000) {
    assertGreater(countIn(times, from, from + 1_000), 20);
  }
});

Deno.test("A drain and an overload give a time to come back, other ends do not", () => {
  const { returns } = schedule();
  const codes = Object.values(disconnects)
    .filter((each) => returns.appoint(each).retryAfterMs !== undefined)
    .map(({ code }) => code);
  assertEquals(codes, [3001, 3013]);
  assertEquals(returns.appoint(disconnects.slow), disconnects.slow);
});
