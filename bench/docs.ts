/** Puts the last full runs into the documentation: the marks, as a table and a picture, and the table of the brokers. */

import { fileURLToPath, pathToFileURL } from "node:url";
import { Chromium } from "../tests/support/chromium.ts";
import { findChartLibrary } from "./chart_library.ts";
import { htmlReport } from "./html_report.ts";
import { figuresTable, formatCircumstances, marksTable } from "./report.ts";
import { loadRuns, RESULTS, type Run, write } from "./results.ts";
import { SCENARIOS } from "./scenarios/mod.ts";

const PAGE = new URL("../docs/benchmarks.md", import.meta.url);
const PICTURE = new URL("marks.png", import.meta.url);
/**
 * Replaces what stands in a page between the comments `<!-- name -->` and `<!-- end of name -->`.
 *
 * @throws {Error} if they are not there
 */
export function withSection(page: string, name: string, text: string): string {
  const [beginning, ending] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const begin = page.indexOf(beginning);
  const end = page.indexOf(ending);
  if (begin < 0 || end < begin) {
    throw new Error(
      `Cannot put the ${name} into docs/benchmarks.md: expected ${beginning} and ${ending}`,
    );
  }
  const head = page.slice(0, begin + beginning.length);
  return `${head}\n\n${text}\n\n${page.slice(end)}`;
}

/** The marks of all runs, with when and where they were measured. */
function marksOf(runs: readonly Run[]): string {
  const results = runs.flatMap(({ results }) => results);
  return `${formatCircumstances(runs)}\n\n${marksTable(results)}`;
}

/** The figures of a run without marks, with when and where they were measured. */
function figuresOf(run: Run): string {
  const contests = run.results.map((result) =>
    `${result.contest.load}\n\n${figuresTable(result)}`
  );
  return [formatCircumstances([run]), ...contests].join("\n\n");
}

async function takePicture(runs: readonly Run[]): Promise<void> {
  const html = htmlReport(runs, await findChartLibrary());
  const path = await write(RESULTS.full, "report.html", html);
  await using browser = await Chromium.launch();
  const page = await browser.newPage({
    viewport: { width: 1720, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: "light",
  });
  await page.goto(pathToFileURL(path).href);
  await page.locator("#marks").screenshot({ path: fileURLToPath(PICTURE) });
}

if (import.meta.main) {
  const runs = await loadRuns(RESULTS.full, Object.keys(SCENARIOS));
  if (runs.length === 0) {
    console.error("Cannot find any results: run deno task bench first");
    Deno.exit(1);
  }
  await takePicture(runs);
  let page = await Deno.readTextFile(PAGE);
  page = withSection(page, "marks", marksOf(runs));
  for (const run of await loadRuns(RESULTS.full, ["brokers"])) {
    page = withSection(page, "brokers", figuresOf(run));
  }
  await Deno.writeTextFile(PAGE, page);
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", fileURLToPath(PAGE)],
  }).output();
}
