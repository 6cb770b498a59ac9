/** The tables of settings in the documentation, compared with the settings of the server. */

import { assert, assertEquals } from "@std/assert";
import { CHANNEL_SETTINGS } from "../../server/channel_env.ts";
import { SETTINGS } from "../../server/settings.ts";
import { ROOT } from "../support/source_files.ts";

/** Every variable of a table whose first column is `variable`, with its cell of the default. */
function readTable(markdown: string): (readonly [string, string])[] {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => /^\| variable /.test(line));
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith("|")))
    .flatMap((line) => {
      const [, names = "", preset = ""] = line.split("|");
      return [...names.matchAll(/`(.+?)`/g)]
        .map(([, name = ""]) => [name, preset.trim()] as const);
    });
}

const pages = ["docs/settings.md", "docs/limits.md"];
const rows = (await Promise.all(
  pages.map((page) => Deno.readTextFile(new URL(page, ROOT))),
)).flatMap(readTable);

Deno.test("every setting has a row of the documentation, and each row is a setting", () => {
  const [file = "", ...channels] = CHANNEL_SETTINGS;
  // One row stands for all options of channels.
  assert(channels.every((name) => name.startsWith("CHANNEL_")));
  assertEquals(
    rows.map(([name]) => name).toSorted(),
    [...Object.keys(SETTINGS.entries), file, "BRIDGE", "CHANNEL_…"].toSorted(),
  );
});

Deno.test("the default of each setting is the one in its row", () => {
  const entries = Object.entries(SETTINGS.entries);
  for (const [name, { default: preset }] of entries) {
    if (typeof preset !== "string") continue;
    const [, cell] = rows.find(([row]) => row === name) ?? [];
    assertEquals(cell, `\`${preset}\``, name);
  }
});
