/** The import graph of this repository, as arrows. */

import { ROOT, type SourceFile } from "./source_files.ts";

/** One import: from a path of this repository to a path of it or to a package. */
export interface Arrow {
  readonly from: string;
  /** A path, or a package without its version: `npm:hono`. */
  readonly to: string;
}

interface Dependency {
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
}

/** What is read of the output of `deno info --json`. */
export interface ModuleGraph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

const PACKAGE = /^((?:npm|jsr):)\/?((?:@[^/]+\/)?[^@/]+).*$/;

function nameTarget(specifier: string): string {
  return specifier.startsWith(ROOT.href)
    ? specifier.slice(ROOT.href.length)
    : specifier.replace(PACKAGE, "$1$2");
}

/** The arrows that begin in this repository. */
export function toArrows({ modules }: ModuleGraph): Arrow[] {
  return modules
    .filter(({ specifier }) => specifier.startsWith(ROOT.href))
    .flatMap(({ specifier, dependencies = [] }) => {
      const from = nameTarget(specifier);
      const targets = dependencies
        .flatMap(({ code, type }) => [code?.specifier, type?.specifier])
        .filter((target) => target !== undefined)
        .map(nameTarget);
      return [...new Set(targets)].map((to) => ({ from, to }));
    });
}

/** Reads the imports of the files, and of whatever they import. */
export async function readArrows(
  files: readonly SourceFile[],
): Promise<Arrow[]> {
  // `deno info` takes a single entry, so it is given one that imports them all.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      entry,
      files.map(({ path }) => `import "${new URL(path, ROOT)}";\n`).join(""),
    );
    const { success, stdout, stderr } = await new Deno.Command(
      Deno.execPath(),
      { args: ["info", "--json", "--config=deno.json", entry], cwd: ROOT },
    ).output();
    const decoder = new TextDecoder();
    if (!success) {
      throw new Error(
        `Cannot read the import graph: ${decoder.decode(stderr)}`,
      );
    }
    const graph: ModuleGraph = JSON.parse(decoder.decode(stdout));
    return toArrows(graph);
  } finally {
    await Deno.remove(entry);
  }
}
