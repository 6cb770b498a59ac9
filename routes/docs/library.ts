/** The documentation in HTML, each page rendered once; imported when it is first asked for. */

// @ts-types="./files.ts"
import { list, pages } from "../pages/assets/docs.js";
import { contentsOf, type Entry, type Group } from "./contents.ts";
import { type RenderedMarkdown, renderMarkdown } from "./markdown.ts";

/** Pages by groups, in the order in which they are read. */
export const contents: readonly Group[] = contentsOf(list);

const order: readonly Entry[] = contents.flatMap(({ entries }) => entries);
const rendered = new Map<string, RenderedMarkdown>();

/** One page, and its neighbours. */
export interface LibraryPage extends RenderedMarkdown {
  readonly previous: Entry | undefined;
  readonly next: Entry | undefined;
}

/** The page of a name, the index without one; `undefined` if there is no such page. */
export function pageOf(name?: string): LibraryPage | undefined {
  const markdown = name === undefined
    ? list
    : Object.hasOwn(pages, name)
    ? pages[name]
    : undefined;
  if (markdown === undefined) return undefined;
  const at = order.findIndex((entry) => entry.name === name);
  return {
    ...render(name, markdown),
    previous: order[at - 1],
    next: order[at + 1],
  };
}

function render(name: string | undefined, markdown: string): RenderedMarkdown {
  const key = name ?? "";
  const made = rendered.get(key) ?? renderMarkdown(
    markdown,
    // The index is at `docs`, and every other page below it.
    (other) => {
      if (!Object.hasOwn(pages, other)) return undefined;
      return name === undefined ? `docs/${other}` : other;
    },
  );
  rendered.set(key, made);
  return made;
}
