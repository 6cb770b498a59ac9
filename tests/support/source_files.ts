/** The source files of this repository. */

/** The root of the repository. */
export const ROOT = new URL("../../", import.meta.url);

/** A source file; its path begins at the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const GENERATED = "routes/pages/assets/";

async function* walk(directory: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(directory, ROOT))) {
    // Such as what the benchmark installs.
    if (entry.name.startsWith(".")) continue;
    const path = directory + entry.name;
    if (entry.isDirectory) yield* walk(`${path}/`);
    else yield path;
  }
}

async function* pathsOf(root: string): AsyncGenerator<string> {
  if (!root.endsWith("/")) return yield root;
  try {
    yield* walk(root);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Every TypeScript file under the roots: files, or directories that may be absent and end in a slash. */
export async function readSourceFiles(
  roots: readonly string[],
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const root of roots) {
    for await (const path of pathsOf(root)) {
      if (!/\.tsx?$/.test(path) || path.startsWith(GENERATED)) continue;
      files.push({ path, text: await Deno.readTextFile(new URL(path, ROOT)) });
    }
  }
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}
