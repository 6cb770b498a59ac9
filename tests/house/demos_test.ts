/** Demos are small, and people can read all of each. */

import { assert, assertEquals } from "@std/assert";
import { DEMOS } from "../../examples/demos/catalogue.ts";
import { ROOT } from "../support/source_files.ts";

/** About a hundred lines. */
const MAX_LINES = 120;

const FOLDER = new URL("examples/demos/", ROOT);

for (const { name, sources = [] } of DEMOS) {
  Deno.test(`The sources of the demo ${name} are all of its files, the page first, each of about a hundred lines`, async () => {
    const files = [...Deno.readDirSync(new URL(`${name}/`, FOLDER))]
      .map(({ name }) => name);
    assertEquals(sources.toSorted(), files.toSorted());
    assertEquals(sources[0], "page.tsx");
    for (const file of files) {
      const text = await Deno.readTextFile(new URL(`${name}/${file}`, FOLDER));
      const lines = text.split("\n").length - 1;
      assert(lines <= MAX_LINES, `${file} has ${lines} lines`);
    }
  });
}
