/** The types of the library in a program whose `deno.json` has no `compilerOptions`. */

import { assert } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

Deno.test("A program with the compiler options of Deno itself imports every door without a type error", async () => {
  const doors = Object.entries(config.exports).map(([door, path]) => [
    config.name + door.slice(1),
    new URL(path, ROOT).href,
  ]);
  const packages = Object.entries(config.imports)
    .filter(([, specifier]) => specifier.startsWith("npm:"));
  const folder = await Deno.makeTempDir({ prefix: "thrum-types-" });
  try {
    await Deno.writeTextFile(
      `${folder}/deno.json`,
      JSON.stringify({ imports: Object.fromEntries([...doors, ...packages]) }),
    );
    await Deno.writeTextFile(
      `${folder}/program.ts`,
      doors.map(([door]) => `import "${door}";\n`).join(""),
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "program.ts"],
      cwd: folder,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
