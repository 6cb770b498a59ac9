/** Files of the demos: their scripts, which `deno task build` bundles, and the sources that people read. */

import type { Demo } from "./frame/demo.ts";

/** A file that people read. */
export interface SourceText {
  /** Path in the repository. */
  readonly path: string;
  readonly text: string;
}

const HERE = new URL("./", import.meta.url);
const NAME = /^[\w-]+(?:\/[\w-]+)?\.js$/;

/** Reads a bundled script by its name below `assets/`; `undefined` without such a script. */
export function readScript(name: string): Promise<string | undefined> {
  return NAME.test(name)
    ? readText(`assets/${name}`)
    : Promise.resolve(undefined);
}

/** Reads the sources of a demo, each under its path in the repository. */
export function readSources(
  { name, sources = ["page.tsx"] }: Demo,
): Promise<SourceText[]> {
  return Promise.all(sources.map(async (source) => {
    const path = `examples/demos/${name}/${source}`;
    const text = await readText(`${name}/${source}`);
    if (text === undefined) {
      throw new Error(`Cannot show ${path}: no such file`);
    }
    return { path, text };
  }));
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(new URL(path, HERE));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
