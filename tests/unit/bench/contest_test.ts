import { assertEquals } from "@std/assert";
import {
  type Contender,
  type Contest,
  judge,
  type Mark,
  runContest,
} from "../../../bench/contest.ts";
import type { Sample, Series } from "../../../bench/sample.ts";

function rate(rate: number, cores: Partial<Sample["cores"]> = {}): Sample {
  return {
    values: { rate, cpuMicros: 1e6 / rate },
    cores: {
      server: 1,
      besideServer: 0,
      generator: 0.5,
      besideGenerator: 0,
      ...cores,
    },
  };
}

function series(name: string, ...samples: Sample[]): Series {
  return { name, samples };
}

const MARK: Mark = {
  title: "ours against theirs",
  above: { of: "ours", figure: "rate" },
  below: [{ of: "fast", figure: "rate" }, { of: "slow", figure: "rate" }],
  must: 0.9,
  goal: 1,
};

Deno.test("a mark is measured against the better of its rivals", () => {
  const verdict = judge(MARK, [
    series("ours", rate(95)),
    series("slow", rate(10)),
    series("fast", rate(100)),
  ]);
  assertEquals(verdict.against, "fast");
  assertEquals(verdict.ratio?.median, 0.95);
  assertEquals(verdict.state, "must");
});

for (
  const [ours, state] of [[89, "missed"], [90, "must"], [99, "must"], [
    100,
    "goal",
  ]] as const
) {
  Deno.test(`${ours} against 100 is ${state} where 0.9 must be and 1.0 is the goal`, () => {
    const all = [series("ours", rate(ours)), series("fast", rate(100))];
    assertEquals(judge(MARK, all).state, state);
  });
}

for (
  const [ours, state] of [[1.2, "missed"], [1.15, "must"], [1, "goal"]] as const
) {
  Deno.test(`a cost of ${ours} is ${state} where at most 1.15 may be`, () => {
    const ceiling: Mark = {
      ...MARK,
      above: { of: "ours", figure: "cpuMicros" },
      below: [{ of: "fast", figure: "cpuMicros" }],
      must: 1.15,
      isCeiling: true,
    };
    const cost = (cpuMicros: number) => ({ values: { cpuMicros } });
    const all = [series("ours", cost(ours)), series("fast", cost(1))];
    assertEquals(judge(ceiling, all).state, state);
  });
}

Deno.test("a server that loses a message fails its mark, whatever its rate was", () => {
  const failed = { ...series("ours", rate(500)), failure: "lost a message" };
  assertEquals(judge(MARK, [failed, series("fast", rate(1))]).state, "failed");
});

Deno.test("without any rival a mark is not run", () => {
  assertEquals(judge(MARK, [series("ours", rate(1))]).state, "not run");
  assertEquals(judge(MARK, [series("fast", rate(1))]).state, "not run");
});

Deno.test("where the generator was the limit of a rival, the CPU time decides, and the verdict says so", () => {
  const verdict = judge(MARK, [
    series("ours", rate(80)),
    series("fast", rate(100, { generator: 0.95 })),
  ]);
  assertEquals(verdict.isByCpu, true);
  assertEquals(verdict.ratio?.median.toFixed(2), "0.80");
  assertEquals(verdict.state, "missed");
});

Deno.test("a latency that was never measured undisturbed is void, not missed", () => {
  const latency: Mark = {
    ...MARK,
    above: { of: "ours", figure: "p99Ms" },
    below: [{ of: "fast", figure: "p99Ms" }],
    isCeiling: true,
  };
  const disturbed = { ...rate(1, { besideServer: 0.5 }), values: { p99Ms: 1 } };
  const all = [series("ours", disturbed), series("fast", disturbed)];
  assertEquals(judge(latency, all).state, "void");
});

function contest(contenders: readonly Contender[]): Contest {
  return {
    title: "any",
    load: "any",
    contenders,
    figures: ["rate"],
    marks: [],
    turnMs: 1,
  };
}

async function turnsOf(contenders: readonly Contender[], rounds: number) {
  const turns: string[] = [];
  let ended = 0;
  const result = await runContest(contest(contenders), {
    rounds,
    repeats: 2,
    onTurn: ({ name }, round, again) =>
      turns.push(`${name}${round}${again ? " again" : ""}`),
    onTurnEnd: () => ended++,
  });
  return { turns, ended, result };
}

Deno.test("rounds are interleaved, and each begins with another contender", async () => {
  const names = ["a", "b", "c"];
  const contenders = names.map((name) => ({
    name,
    measure: () => Promise.resolve(rate(1)),
  }));
  const { turns, ended, result } = await turnsOf(contenders, 2);
  assertEquals(turns, ["a0", "b0", "c0", "b1", "c1", "a1"]);
  assertEquals(ended, 6);
  assertEquals(result.series.map(({ samples }) => samples.length), [2, 2, 2]);
});

Deno.test("a contender that fails has no more turns, and says why", async () => {
  const { turns, ended, result } = await turnsOf([
    { name: "a", measure: () => Promise.reject(new Error("lost one")) },
    { name: "b", measure: () => Promise.resolve(rate(1)) },
  ], 2);
  assertEquals(turns, ["a0", "b0", "b1"]);
  assertEquals(ended, 4);
  assertEquals(result.series[0]?.failure, "lost one");
});

Deno.test("a disturbed turn is made again, up to so many times", async () => {
  let turn = 0;
  const { turns, result } = await turnsOf([{
    name: "a",
    measure: () => Promise.resolve(rate(++turn, { besideServer: 0.5 })),
  }], 2);
  assertEquals(turns, ["a0", "a0 again", "a0 again", "a1"]);
  assertEquals(result.series[0]?.samples.map(({ values }) => values.rate), [
    3,
    4,
  ]);
});
