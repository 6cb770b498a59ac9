/** The table of engines in the documentation, compared with the script that each of them runs. */

import { assertEquals } from "@std/assert";
import { countChecks } from "../conformance/broker.ts";
import { ENGINES } from "../conformance/engines.ts";
import { ROOT } from "../support/source_files.ts";

Deno.test("each engine has a column of the documentation, with the checks that it passes", async () => {
  const page = await Deno.readTextFile(new URL("docs/guarantees.md", ROOT));
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith("| checks of "));
  const end = lines.findIndex((line, index) => index > start && line === "");
  const rows = lines.slice(start, end)
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const columns = Object.values(ENGINES).map(countChecks);
  const parts = columns[0]!.map(({ part }) => part);
  assertEquals(rows, [
    ["checks of", ...Object.keys(ENGINES)],
    rows[1]!,
    ...parts.map((part, index) => [
      part,
      ...columns.map((counts) => {
        const { run, all } = counts[index]!;
        return run === all ? `all ${all}` : `${run} of ${all}`;
      }),
    ]),
  ]);
});
