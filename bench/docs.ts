/** Puts the marks of the last full run into the documentation: their table and their picture. */

import { fileURLToPath, pathToFileURL } from "node:url";
import { Chromium } from "../tests/support/chromium.ts";
import { findChartLibrary } from "./chart_library.ts";
import { htmlReport } from "./html_report.ts";
import { formatCircumstances, marksTable } from "./report.ts";
import { loadRuns, RESULTS, type Run, write } from "./results.ts";
import { SCENARIOS } from "./scenarios/mod.ts";

const PAGE = new URL("../docs/benchmarks.md", import.meta.url);
const PICTURE = new URL("marks.png", import.meta.url);
const BEGIN = "<!-- marks -->";
const END = "<!-- end of marks -->";

/**
 * Replaces what stands between the two comments.
 *
 * @throws {Error} if they are not there
 */
export function withMarks(page: string, text: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(
      `Cannot put the marks into docs/benchmarks.md: expected ${BEGIN} and ${END}`,
    );
  }
  const head = page.slice(0, begin + BEGIN.length);
  return `${head}\n\n${text}\n\n${page.slice(end)}`;
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
  const results = runs.flatMap(({ results }) => results);
  const text = `${formatCircumstances(runs)}\n\n${marksTable(results)}`;
  const page = await Deno.readTextFile(PAGE);
  await Deno.writeTextFile(PAGE, withMarks(page, text));
  await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", fileURLToPath(PAGE)],
  }).output();
}
