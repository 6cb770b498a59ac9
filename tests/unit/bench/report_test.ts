import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Mark, Result, Verdict } from "../../../bench/contest.ts";
import {
  contestReport,
  doubts,
  figure,
  formatState,
  formatTimes,
  marksTable,
  table,
} from "../../../bench/report.ts";
import type { Sample } from "../../../bench/sample.ts";

const MARK: Mark = {
  title: "echo, against bare Deno",
  above: { of: "Thrum", figure: "rate" },
  below: [{ of: "bare Deno", figure: "rate" }],
  must: 0.95,
  goal: 1,
};

function sample(generator: number, besideServer = 0): Sample {
  return {
    values: { rate: 1_234_567, cpuMicros: 0.5 },
    cores: { server: 1, besideServer, generator, besideGenerator: 0 },
  };
}

function result(
  samples: readonly Sample[],
  more: Partial<Verdict> & { readonly failure?: string } = {},
): Result {
  const { failure, ...verdict } = more;
  return {
    contest: {
      title: "Echo",
      load: "Messages to oneself.",
      figures: ["rate", "cpuMicros"],
      absent: [{ name: "Bun", reason: "no binary" }],
    },
    series: [{ name: "Thrum", samples, failure }],
    verdicts: [{ mark: MARK, state: "not run", ...verdict }],
  };
}

Deno.test("figure spaces thousands, not decimals, and writes a dash for no number", () => {
  assertEquals(figure(1_234_567.891_23, 4), "1 234 567.8912");
  assertEquals(figure(999), "999");
  assertEquals(figure(NaN, 2), "–");
});

Deno.test("table aligns every column but the first to the right", () => {
  assertEquals(
    table([["a", "b"], ["x", "1"]]),
    "| a | b |\n| --- | ---: |\n| x | 1 |",
  );
});

Deno.test("a mark stands with its range, its limits and what came of it", () => {
  const ratio = { median: 0.876, least: 0.8, most: 0.9 };
  const verdict = { ratio, against: "bare Deno", state: "missed" } as const;
  assertStringIncludes(
    marksTable([result([sample(0.5)], { ...verdict, cpuRatio: 0.88 })]),
    "| echo, against bare Deno | 0.88× (0.80 to 0.90) | 0.88× | bare Deno | 0.95× | 1× | **missed** |",
  );
});

Deno.test("a ratio that nothing is known of is a dash", () => {
  assertEquals(formatTimes(undefined), "–");
  assertEquals(formatTimes(NaN), "–");
  assertEquals(formatTimes(0.876), "0.88×");
});

Deno.test("a verdict by CPU time says so", () => {
  assertEquals(
    formatState({ mark: MARK, state: "must", isByCpu: true }),
    "reached, by CPU time",
  );
});

Deno.test("doubts name void and disturbed turns, failures and who is absent", () => {
  const samples = [sample(0.95), sample(0.5, 0.2), sample(0.5)];
  assertEquals(doubts(result(samples, { failure: "lost one" })), [
    "Bun is absent: no binary.",
    "Thrum failed: lost one.",
    "Thrum: 1 of 3 turns are void, because the generator used more than 90 % of its core.",
    "Thrum: other processes disturbed 1 of 3 turns, whose rates and latencies do not count.",
  ]);
});

Deno.test("a contest has the medians of the turns that count", () => {
  assertStringIncludes(
    contestReport(result([sample(0.5)])),
    "| Thrum | 1 234 567 | 0.50 | 100 % | 0 % | 50 % |",
  );
  assertStringIncludes(
    contestReport(result([sample(0.95)])),
    "| Thrum | – | 0.50 | 100 % | 0 % | 95 % |",
  );
});
