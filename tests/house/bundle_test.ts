/** The committed bundles of the pages and of the demos. */

import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);

/** Name of a part that several bundles share. Deno derives it from the path to its cache, too, which differs between checkouts. */
const CHUNK = /chunk-[A-Z0-9]{8}\.js/g;

/** Every file below a directory, or the file itself, with its text; chunks without what is their checkout's. */
async function readFiles(path: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const read = async (path: string, name: string) => {
    if ((await Deno.stat(path)).isFile) {
      const text = await Deno.readTextFile(path);
      files[name.replace(CHUNK, "chunk.js")] = text.replace(CHUNK, "chunk.js");
      return;
    }
    for await (const entry of Deno.readDir(path)) {
      await read(`${path}/${entry.name}`, `${name}/${entry.name}`);
    }
  };
  await read(path, "");
  return files;
}

const bundles = config.tasks.build.command.split(" && ")
  .filter((command) => command.startsWith("deno bundle "));

for (const command of bundles) {
  const [, output = ""] = /(?:-o|--outdir) (\S+)/.exec(command) ?? [];

  Deno.test(`The committed ${output} is what "deno task build" makes of the sources`, async () => {
    assert(
      output,
      "the task build is deno bundle … -o FILE or --outdir DIRECTORY",
    );
    const directory = await Deno.makeTempDir();
    try {
      const fresh = `${directory}/fresh`;
      const { success, stderr } = await new Deno.Command("sh", {
        // The shell completes the names of the entries.
        args: [
          "-c",
          command.replace(output, fresh).replace(/^deno/, '"$0"'),
          Deno.execPath(),
        ],
        cwd: ROOT,
      }).output();
      assert(success, new TextDecoder().decode(stderr));
      const [made, committed] = [
        await readFiles(fresh),
        await readFiles(new URL(output, ROOT).pathname),
      ];
      assertEquals(Object.keys(made).sort(), Object.keys(committed).sort());
      for (const [name, text] of Object.entries(made)) {
        assert(
          text === committed[name],
          `${output}${name} is not fresh: run deno task build`,
        );
      }
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  });
}

Deno.test("Every bundle is compared", () => {
  assert(bundles.length > 2);
});
