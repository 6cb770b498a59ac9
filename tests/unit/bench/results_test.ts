import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { judge, type Mark, type Result } from "../../../bench/contest.ts";
import { htmlReport } from "../../../bench/html_report.ts";
import { withSection } from "../../../bench/docs.ts";
import { markdownReport } from "../../../bench/report.ts";
import { restoreRun, type Run, storeRun } from "../../../bench/results.ts";

const MARK: Mark = {
  title: "echo, against <bare> Deno",
  above: { of: "Thrum", figure: "rate" },
  below: [{ of: "bare Deno", figure: "rate" }],
  must: 0.95,
};

function run(ours: number): Run {
  const rates = { Thrum: ours, "bare Deno": 100 };
  const series = Object.entries(rates).map(([name, rate]) => ({
    name,
    samples: [{ values: { rate, cpuMicros: NaN } }],
  }));
  const result: Result = {
    contest: { title: "Echo", load: "Messages.", figures: ["rate"] },
    series,
    verdicts: [judge(MARK, series)],
  };
  return {
    circumstances: {
      date: "2026-11-29",
      machine: "2 cores",
      versions: ["Deno 2.9.6"],
      method: "5 rounds",
    },
    results: [result],
  };
}

Deno.test("a run that is read again has the same report", () => {
  const stored = JSON.parse(JSON.stringify(storeRun(run(90))));
  assertEquals(
    markdownReport([restoreRun(stored)]),
    markdownReport([run(90)]),
  );
});

Deno.test("circumstances that runs share stand there once", () => {
  const report = markdownReport([run(90), run(99)]);
  assertStringIncludes(
    report,
    "\n2026-11-29. 2 cores. Deno 2.9.6. 5 rounds.\n",
  );
});

Deno.test("the report says how many turns others disturbed", () => {
  const { circumstances, results } = run(90);
  const cores = {
    server: 0.5,
    besideServer: 0.5,
    generator: 0.1,
    besideGenerator: 0,
  };
  const disturbed = results.map((result) => ({
    ...result,
    series: [{ name: "Thrum", samples: [{ values: {}, cores }] }],
  }));
  assertStringIncludes(
    markdownReport([run(90), { circumstances, results: disturbed }]),
    "Other processes disturbed 1 of 3 turns: their rates do not count",
  );
});

Deno.test("the page holds everything it needs, and names are text in it", () => {
  const library = { script: "/* script */", style: "/* style */" };
  const html = htmlReport([run(90)], library);
  assertStringIncludes(html, "/* script */");
  assertStringIncludes(html, "/* style */");
  assertStringIncludes(html, "echo, against &lt;bare> Deno");
  assertStringIncludes(html, '<span class="missed">missed</span>');
  assertEquals(/(?:src|href)=/.test(html), false);
});

Deno.test("without the chart library the page says why, and has its tables", () => {
  const html = htmlReport([run(99)], { reason: "npm is away" });
  assertStringIncludes(html, "There are no charts: npm is away");
  assertStringIncludes(html, '<span class="must">reached</span>');
  assertEquals(html.includes("<script"), false);
});

Deno.test("the marks replace those that stand in the page", () => {
  const page = "a\n<!-- marks -->\n\nold\n\n<!-- end of marks -->\nb\n";
  assertEquals(
    withSection(page, "marks", "new"),
    "a\n<!-- marks -->\n\nnew\n\n<!-- end of marks -->\nb\n",
  );
  assertThrows(
    () => withSection("a", "marks", "new"),
    Error,
    "expected <!-- marks -->",
  );
});
