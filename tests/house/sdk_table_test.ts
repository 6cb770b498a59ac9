/** The table of SDKs stands in the README and in the documentation: both say the same. */

import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../support/source_files.ts";

/** Rows of the table of SDKs, without their padding. */
async function rowsOf(path: string): Promise<string[]> {
  const lines = (await Deno.readTextFile(new URL(path, ROOT))).split("\n");
  const start = lines.findIndex((line) => line.startsWith("| SDK "));
  const end = lines.findIndex((line, index) =>
    index > start && !line.startsWith("|")
  );
  return lines.slice(start, end).map((line) => line.replace(/ +/g, " "))
    .filter((line) => !line.includes("---"));
}

Deno.test("The README says of the SDKs what the documentation says", async () => {
  const rows = await rowsOf("README.md");
  assert(rows.length > 4, `${rows}`);
  assertEquals(rows, await rowsOf("docs/sdks.md"));
});
