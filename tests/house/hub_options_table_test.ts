/** The table of options in docs/embedding.md, compared with those of `createHub`. */

import { assertEquals } from "@std/assert";
import { HUB_OPTIONS } from "../../lib/create_hub.ts";
import { DEFAULT_LIMITS } from "../../lib/limits/hub_limits.ts";
import { ROOT } from "../support/source_files.ts";

const page = await Deno.readTextFile(new URL("docs/embedding.md", ROOT));
const rows = page.slice(page.indexOf("| option "))
  .split("\n\n")[0]!.split("\n").slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()));

Deno.test("every option of createHub has a row, and each row is an option", () => {
  const names = rows.map(([, name = ""]) => name.replaceAll("`", ""));
  assertEquals(names.toSorted(), HUB_OPTIONS.toSorted());
});

/** Limits whose defaults follow those of others. */
const DERIVED = ["maxBacklogBytes", "maxZombies"];

Deno.test("the default of each limit is the one in its row, in its unit", () => {
  for (const [name, value] of Object.entries(DEFAULT_LIMITS)) {
    const [, , preset, unit] = rows.find(([, each]) =>
      each === `\`${name}\``
    ) ??
      [];
    if (!DERIVED.includes(name)) assertEquals(preset, `\`${value}\``, name);
    if (/Ms$/.test(name)) assertEquals(unit, "ms", name);
    if (/Bytes$/.test(name)) assertEquals(unit, "bytes", name);
  }
});
