/** Navigation that the pages have in common. */

import type { PageLink } from "./layout.ts";

const CONSOLE: PageLink = { label: "Console", path: "" };
const INSPECTOR: PageLink = { label: "Inspector", path: "inspector" };
const DOCS: PageLink = { label: "Docs", path: "docs" };

/** The pages of the app, with those of the program between them. */
export function navigationOf(
  links: readonly PageLink[] = [],
): readonly PageLink[] {
  return [CONSOLE, ...links, INSPECTOR, DOCS];
}
