/** What `deno publish` and `deno pack` put into the package. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { Shell } from "../support/shell.ts";
import { ROOT } from "../support/source_files.ts";

/** Runs a command to its end, and resolves with what it has written. */
async function outputOf(command: string): Promise<string> {
  await using shell = new Shell(command);
  assertEquals(await shell.exit, 0, shell.output);
  return shell.output;
}

/** Texts of the type declarations of a tarball, by their paths. */
async function unpackTypes(): Promise<ReadonlyMap<string, string>> {
  const folder = await Deno.makeTempDir({ prefix: "thrum-contents-" });
  try {
    const list = await outputOf(
      `deno pack --quiet --allow-dirty -o ${folder}/thrum.tgz && ` +
        `tar -C ${folder} -xzf ${folder}/thrum.tgz && ` +
        `cd ${folder}/package && find . -name '*.d.ts'`,
    );
    const paths = list.trim().split("\n").map((path) => path.slice(2));
    const types = paths.map(async (path) =>
      [path, await Deno.readTextFile(`${folder}/package/${path}`)] as const
    );
    return new Map(await Promise.all(types));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("deno publish would take the package, without a warning, with all that it needs and no tests", async () => {
  const output = await outputOf("deno publish --dry-run --allow-dirty");
  assertEquals(output.match(/^(?:warning|error).*/gim) ?? [], []);
  const root = ROOT.href;
  const files = [...output.matchAll(/^ +(file:\S+) \(/gm)]
    .map(([, url = ""]) => url.slice(root.length));
  for (const path of Object.values(config.exports)) {
    assert(files.includes(path.slice("./".length)), path);
  }
  for await (
    const { name } of Deno.readDir(new URL("routes/pages/assets", ROOT))
  ) {
    assert(files.includes(`routes/pages/assets/${name}`), name);
  }
  assert(files.includes("README.md"));
  assertFalse(
    files.some((path) => /^(?:tests|bench|node_modules)\//.test(path)),
  );
});

Deno.test("deno pack declares the types of each door, and of all that they name", async () => {
  const types = await unpackTypes();
  for (const path of Object.values(config.exports)) {
    assert(types.has(path.slice("./".length).replace(/ts$/, "d.ts")), path);
  }
  const missing = [...types].flatMap(([path, text]) =>
    [...text.matchAll(/from "(\.[^"]+)"|import\("(\.[^"]+)"\)/g)]
      .map(([, from, imported]) => from ?? imported ?? "")
      .map((target) => new URL(target, `file:///${path}`).pathname.slice(1))
      .map((target) => target.replace(/(?:\.d)?\.[jt]s$/, ".d.ts"))
      .filter((target) => !types.has(target))
      .map((target) => `${path} → ${target}`)
  );
  assertEquals(missing, []);
});
