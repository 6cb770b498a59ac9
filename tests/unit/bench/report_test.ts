import { assertEquals, assertThrows } from "@std/assert";
import { isDisturbed, type Measurement } from "../../../bench/measurement.ts";
import { doubts, figure, ratios, table } from "../../../bench/report.ts";
import { median } from "../../../bench/statistics.ts";

const RUN: Measurement = {
  rate: 100,
  cpuMicros: 5,
  p50Ms: 1,
  p99Ms: 2,
  server: 0.99,
  generator: 0.8,
  others: 0,
  generatorCore: 0.8,
};

Deno.test("median takes the middle, or the mean of the two in the middle", () => {
  assertEquals(median([30, 1, 2]), 2);
  assertEquals(median([4, 1, 2, 30]), 3);
  assertThrows(() => median([]), RangeError);
});

Deno.test("figure spaces thousands, not decimals", () => {
  assertEquals(figure(1_234_567.891_23, 4), "1 234 567.8912");
  assertEquals(figure(999), "999");
});

Deno.test("table aligns every column but the first to the right", () => {
  assertEquals(
    table([["a", "b"], ["x", "1"]]),
    "| a | b |\n| --- | ---: |\n| x | 1 |",
  );
});

Deno.test("ratios are taken pair by pair", () => {
  const pairs = [
    { baseline: RUN, candidate: { ...RUN, rate: 90 } },
    { baseline: { ...RUN, rate: 50 }, candidate: { ...RUN, rate: 60 } },
  ];
  assertEquals(ratios(pairs, "rate"), [0.9, 1.2]);
});

Deno.test("doubts are silent about a server at its limit", () => {
  assertEquals(doubts([{ baseline: RUN, candidate: RUN }]), []);
});

Deno.test("doubts name a saturated generator and a server that waited for it", () => {
  const waiting = { ...RUN, server: 0.8, generator: 0.99, generatorCore: 1 };
  assertEquals(doubts([{ baseline: RUN, candidate: waiting }]), [
    "The server waited for the generator in 1 of 2 runs: there, trust the CPU time per delivery more than the rate.",
    "The generator's core was saturated in 1 of 2 runs.",
  ]);
});

Deno.test("a run is disturbed by others on either core", () => {
  assertEquals(isDisturbed(RUN), false);
  assertEquals(isDisturbed({ ...RUN, others: 0.06 }), true);
  assertEquals(isDisturbed({ ...RUN, generatorCore: 0.9 }), true);
});
