import { assertEquals } from "@std/assert";
import { Deadlines } from "../../../lib/heartbeat/deadlines.ts";
import { Heartbeat } from "../../../lib/heartbeat/heartbeat.ts";
import { FakeClock } from "../../support/fake_clock.ts";

Deno.test("A deadline passes once, at its time and not before", () => {
  const deadlines = new Deadlines();
  const passed: string[] = [];
  deadlines.after(10_000, () => passed.push("a"));
  deadlines.advance(9_999);
  assertEquals(passed, []);
  deadlines.advance(10_000);
  deadlines.advance(30_000);
  assertEquals(passed, ["a"]);
});

Deno.test("A deadline that is cancelled does not pass, and may be cancelled again", () => {
  const deadlines = new Deadlines();
  const cancelled = [1, 2].map(() =>
    deadlines.after(1_000, () => {
      throw new Error("passed");
    })
  );
  for (const deadline of cancelled) deadlines.cancel(deadline);
  deadlines.advance(2_000);
  for (const deadline of cancelled) deadlines.cancel(deadline);
});

Deno.test("A deadline longer than the wheel waits for its time, and can be cancelled after a turn of it", () => {
  const deadlines = new Deadlines();
  const passed: string[] = [];
  deadlines.after(600_000, () => passed.push("a"));
  const cancelled = deadlines.after(600_000, () => passed.push("b"));
  for (let now = 0; now < 599_900; now += 100) deadlines.advance(now);
  assertEquals(passed, []);
  deadlines.cancel(cancelled);
  deadlines.advance(600_000);
  assertEquals(passed, ["a"]);
});

Deno.test("A deadline of a deadline counts from that", () => {
  const deadlines = new Deadlines();
  const passed: string[] = [];
  deadlines.after(500, () => {
    deadlines.after(500, () => passed.push("later"));
  });
  deadlines.advance(500);
  deadlines.advance(999);
  assertEquals(passed, []);
  deadlines.advance(1_000);
  assertEquals(passed, ["later"]);
});

Deno.test("No deadline passes while the process stands still", () => {
  const clock = new FakeClock();
  const heartbeat = new Heartbeat({
    shortestMs: 6_400,
    clock,
    onVerdict: () => {},
  });
  heartbeat.start();
  const passed: string[] = [];
  heartbeat.deadlines.after(10_000, () => passed.push("a"));
  clock.stall(60_000);
  assertEquals(passed, []);
  clock.advance(10_000);
  assertEquals(passed, ["a"]);
  heartbeat.stop();
});
