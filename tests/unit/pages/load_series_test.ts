/** Series of the inspector's overview: rates, ratios and sums of several nodes. */

import { assertEquals } from "@std/assert";
import { systemClock } from "../../../lib/base/clock.ts";
import { LoadSeries } from "../../../routes/pages/inspector/load_series.ts";

const COLUMNS = ["time", "connections", "messages_total", "frames_total"];
/** A moment in the last hour, at the beginning of a period. */
const NOW = Math.floor(systemClock.wallTime / 10_000) * 10_000 - 600_000;

type Row = readonly [seconds: number, ...values: number[]];

function answerOf(nodes: Readonly<Record<string, readonly Row[]>>) {
  return {
    answered_within_ms: 1,
    nodes: Object.entries(nodes).map(([node, rows]) => ({
      node,
      columns: COLUMNS,
      samples: rows.map(([seconds, ...values]) => [
        NOW + seconds * 1_000,
        ...values,
      ]),
    })),
  };
}

Deno.test("A gauge is the sum of the nodes at the same time, and its value of now that of the newest samples", () => {
  const series = new LoadSeries();
  series.add(answerOf({
    a: [[0, 1, 0, 0], [10, 2, 0, 0], [15, 3, 0, 0]],
    b: [[4, 10, 0, 0], [14, 20, 0, 0], [15, 30, 0, 0]],
  }));
  const { times, values, now } = series.read({
    type: "gauge",
    column: "connections",
  });
  assertEquals(times, [NOW / 1_000, NOW / 1_000 + 10]);
  assertEquals(values, [11, 22]);
  assertEquals(now, 33);
});

Deno.test("A rate is the increase in a second, and a node that began again has none below zero", () => {
  const series = new LoadSeries();
  series.add(answerOf({
    a: [[0, 0, 100, 0], [10, 0, 200, 0], [20, 0, 50, 0], [22, 0, 70, 0]],
  }));
  const { values, now } = series.read({
    type: "rate",
    column: "messages_total",
  });
  assertEquals(values, [10, 0]);
  assertEquals(now, 10);
});

Deno.test("A ratio is that of what happened in between; without anything there is none", () => {
  const series = new LoadSeries();
  series.add(answerOf({
    a: [[0, 0, 0, 0], [10, 0, 10, 40], [20, 0, 10, 40], [22, 0, 11, 42]],
  }));
  const { times, values, now } = series.read({
    type: "ratio",
    column: "messages_total",
    of: "frames_total",
  });
  assertEquals(times.length, 1);
  assertEquals(values, [0.25]);
  assertEquals(now, 0.5);
});

Deno.test("Only what is new is asked for, and the rate of now follows from one answer to the next", () => {
  const series = new LoadSeries();
  assertEquals(series.since, 0);
  series.add(answerOf({ a: [[0, 0, 100, 0], [1, 0, 100, 0]] }));
  assertEquals(series.since, NOW);
  const rate = { type: "rate", column: "messages_total" } as const;
  assertEquals(series.read(rate).now, 0);
  series.add(answerOf({ a: [[3, 0, 150, 0]] }));
  assertEquals(series.read(rate).now, 25);
  assertEquals(series.since, NOW);
});

Deno.test("A node that does not answer any more does not count now", () => {
  const series = new LoadSeries();
  series.add(answerOf({ a: [[1, 5, 0, 0]], b: [[1, 7, 0, 0]] }));
  const gauge = { type: "gauge", column: "connections" } as const;
  assertEquals(series.read(gauge).now, 12);
  series.add(answerOf({ a: [[3, 5, 0, 0]] }));
  assertEquals(series.read(gauge).now, 5);
});

Deno.test("The value of one node is its own, and unknown before its second sample", () => {
  const series = new LoadSeries();
  const rate = { type: "rate", column: "messages_total" } as const;
  series.add(answerOf({ a: [[0, 0, 100, 0]], b: [[0, 0, 0, 0]] }));
  assertEquals(series.nowOf("a", rate), undefined);
  series.add(answerOf({ a: [[2, 0, 120, 0]], b: [[2, 0, 6, 0]] }));
  assertEquals([series.nowOf("a", rate), series.nowOf("b", rate)], [10, 3]);
  assertEquals(series.nowOf("c", rate), undefined);
});

Deno.test("What no program says of its process is unknown, not nothing", () => {
  const series = new LoadSeries();
  series.add(answerOf({ a: [[0, 0, 0, 0], [10, 0, 0, 0], [12, 0, 0, 0]] }));
  for (const type of ["processGauge", "processRate"] as const) {
    const { values, now } = series.read({ type, column: "connections" });
    assertEquals([values, now], [[], undefined]);
  }
});
