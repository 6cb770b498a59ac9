/** The Markdown that people read: README.md, the pages of docs/, and what else lies at the root or in bench/. */

import { ROOT } from "./source_files.ts";

/** A Markdown file; its path begins at the root. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

async function readFolder(folder: string): Promise<MarkdownFile[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
    if (name.endsWith(".md")) names.push(name);
  }
  return await Promise.all(
    names.sort().map(async (name) => {
      const path = folder.slice("./".length) + name;
      return { path, text: await Deno.readTextFile(new URL(path, ROOT)) };
    }),
  );
}

/** The documentation for users: README.md, and the pages of docs/ in alphabetical order. */
export async function readDocs(): Promise<MarkdownFile[]> {
  const text = await Deno.readTextFile(new URL("README.md", ROOT));
  return [{ path: "README.md", text }, ...await readFolder("./docs/")];
}

/** All Markdown of the repository. */
export async function readMarkdown(): Promise<MarkdownFile[]> {
  const folders = ["./", "./docs/", "./bench/"];
  return (await Promise.all(folders.map(readFolder))).flat();
}
