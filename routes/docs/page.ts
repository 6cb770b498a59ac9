/** Page of the documentation: the list of all pages beside its text. */

import { html, raw } from "hono/html";
import { type Html, type PageLink, renderPage } from "../pages/layout.ts";
import type { Entry, Group } from "./contents.ts";
import type { LibraryPage } from "./library.ts";

/** Place of a page among the others. */
export interface DocsPlace {
  /** Name of the page; `undefined` for the index. */
  readonly name: string | undefined;
  readonly contents: readonly Group[];
  /** The navigation of all pages. */
  readonly links: readonly PageLink[];
}

/** Renders a page with its surroundings. */
export function docsPage(
  { title, html: text, previous, next }: LibraryPage,
  { name, contents, links }: DocsPlace,
): Html {
  const hrefOf = (other: string) =>
    name === undefined ? `docs/${other}` : other;
  const item = (entry: Entry) =>
    html`<li><a href="${hrefOf(entry.name)}"${
      entry.name === name ? raw(' aria-current="page"') : ""
    }>${entry.title}</a></li>`;
  const page = {
    title: `${title} – Thrum`,
    description: `Documentation of Thrum: ${title}.`,
    kind: "docs",
    path: name === undefined ? "docs" : `docs/${name}`,
    links,
  };
  return renderPage(
    page,
    html`
      <nav class="contents" aria-label="Documentation">
        ${contents.map((group) =>
          html`
            <h2>${group.title}</h2>
            <ul>${group.entries.map(item)}</ul>
          `
        )}
        <h2>Interfaces</h2>
        <ul><li><a href="${hrefOf(
          "reference",
        )}">Server API by method</a></li></ul>
      </nav>
      <article>
        ${raw(text)}
        <p class="neighbours">
          ${previous &&
            html`<a rel="prev" href="${
              hrefOf(previous.name)
            }">${previous.title}</a>`}
          ${next &&
            html`<a rel="next" href="${hrefOf(next.name)}">${next.title}</a>`}
        </p>
      </article>
    `,
  );
}
