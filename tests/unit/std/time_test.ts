import { assertEquals, assertThrows } from "@std/assert";
import { FakeTime, TimeError } from "@std/testing/time";

Deno.test("FakeTime moves Date and runs timers in the order they fall due", () => {
  using time = new FakeTime(1_000);
  const seen: string[] = [];
  setTimeout(() => seen.push(`timeout at ${Date.now()}`), 50);
  const interval = setInterval(
    () => seen.push(`interval at ${Date.now()}`),
    20,
  );
  time.tick(60);
  clearInterval(interval);
  time.tick(60);
  assertEquals(seen, [
    "interval at 1020",
    "interval at 1040",
    "timeout at 1050",
    "interval at 1060",
  ]);
  assertEquals(time.now, 1_120);
});

Deno.test("FakeTime.tickAsync lets promises settle before the timers run", async () => {
  using time = new FakeTime();
  let fired = false;
  Promise.resolve().then(() => setTimeout(() => fired = true, 10));
  await time.tickAsync(10);
  assertEquals(fired, true);
});

Deno.test("FakeTime refuses to fake time twice and gives the real time back", () => {
  const before = Date.now();
  const real = globalThis.setTimeout;
  {
    using _time = new FakeTime(0);
    assertThrows(() => new FakeTime(), TimeError, "already faked");
    assertEquals(Date.now(), 0);
  }
  assertEquals(globalThis.setTimeout, real);
  assertEquals(Date.now() >= before, true);
});

Deno.test("FakeTime.next jumps to the next timer and says when there is none", () => {
  using time = new FakeTime(0);
  let firedAt = -1;
  setTimeout(() => firedAt = Date.now(), 300);
  assertEquals(time.next(), true);
  assertEquals(firedAt, 300);
  assertEquals(time.next(), false);
});

Deno.test("FakeTime only goes on", () => {
  using time = new FakeTime();
  assertThrows(() => time.tick(-1), RangeError, "-1 ms");
});
