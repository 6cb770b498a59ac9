import { assertEquals, assertLessOrEqual } from "@std/assert";
import { Histogram } from "../../../bench/histogram.ts";

function assertNear(actual: number, expected: number): void {
  assertLessOrEqual(Math.abs(actual - expected), expected * 0.03);
}

Deno.test("Histogram keeps three per cent precision from microseconds to minutes", () => {
  for (let durationMs = 0.001; durationMs < 60_000; durationMs *= 1.37) {
    const histogram = new Histogram();
    histogram.record(durationMs);
    const rounded = Math.round(durationMs * 1000) / 1000;
    assertNear(histogram.quantileMs(0.5), rounded);
  }
});

Deno.test("Histogram tells quantiles by rank", () => {
  const histogram = new Histogram();
  for (let durationMs = 0.001; durationMs < 0.0305; durationMs += 0.001) {
    histogram.record(durationMs);
  }
  assertEquals(histogram.total, 30);
  assertEquals(histogram.quantileMs(0.5), 0.015);
  assertEquals(histogram.quantileMs(0.99), 0.03);
});

Deno.test("Histogram has no quantile before anything is recorded", () => {
  const histogram = new Histogram();
  histogram.record(1);
  histogram.reset();
  assertEquals(histogram.quantileMs(0.5), NaN);
});

Deno.test("Histogram takes a duration beyond its range as its longest", () => {
  const histogram = new Histogram();
  histogram.record(1e12);
  assertNear(histogram.quantileMs(1), 2 ** 31 / 1000);
});
