/** Table of contents of the documentation, as its index has it. */

/** One page of the documentation. */
export interface Entry {
  /** End of its path: see {@linkcode nameOf}. */
  readonly name: string;
  readonly title: string;
}

/** Pages that belong together. */
export interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const GROUP = /^## (.+)$/;
const ENTRY = /^- \[(.+?)\]\((\S+)\)/;

/** Name of the page of a file: its own in lower case, without the ending. */
export function nameOf(file: string): string {
  return file.replace(/\.md$/, "").toLowerCase();
}

/** Reads the groups of a list in Markdown: a heading, and below it an item for each page. */
export function contentsOf(index: string): readonly Group[] {
  const groups: { title: string; entries: Entry[] }[] = [];
  for (const line of index.split("\n")) {
    const [, group] = GROUP.exec(line) ?? [];
    if (group !== undefined) groups.push({ title: group, entries: [] });
    const [, title, file] = ENTRY.exec(line) ?? [];
    if (title !== undefined && file !== undefined) {
      groups.at(-1)?.entries.push({ name: nameOf(file), title });
    }
  }
  return groups;
}
