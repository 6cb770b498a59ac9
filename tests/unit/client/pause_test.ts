/** A wait that can be cut short. */

import { assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { Pause } from "../../../lib/client/pause.ts";
import { systemClock } from "../../../lib/base/clock.ts";

Deno.test("A pause is over when its time is up, and says when that will be", async () => {
  using time = new FakeTime(1_000);
  const pause = new Pause(systemClock);
  assertEquals(pause.endsAt, undefined);
  const waiting = pause.wait(500);
  assertEquals(pause.endsAt, 1_500);
  await time.tickAsync(500);
  await waiting;
  assertEquals(pause.endsAt, undefined);
});

Deno.test("A pause that was cut short leaves the next one alone", async () => {
  using time = new FakeTime(1_000);
  const pause = new Pause(systemClock);
  const first = pause.wait(500);
  pause.end();
  await first;
  const second = pause.wait(2_000);
  await time.tickAsync(500);
  assertEquals(pause.endsAt, 3_000);
  pause.end();
  await second;
});
