/** Markdown of the documentation in HTML. */

import { Marked, type Tokens } from "marked";
import { nameOf } from "./contents.ts";
import { slugOf } from "./slug.ts";

/** A rendered page. */
export interface RenderedMarkdown {
  /** Text of its first heading. */
  readonly title: string;
  readonly html: string;
}

/** Address of another page, from the one that is rendered; `undefined` if there is no such page. */
export type PageHref = (name: string) => string | undefined;

const PAGE = /^([\w-]+\.md)(#.*)?$/;
const TITLE = /^# (.+)$/m;

/** Renders a page. Links to files of the repository become their texts, for they are not served. */
export function renderMarkdown(
  markdown: string,
  hrefOf: PageHref,
): RenderedMarkdown {
  const marked = new Marked({ renderer: rendererOf(hrefOf) });
  return {
    title: TITLE.exec(markdown)?.[1] ?? "",
    html: marked.parse(markdown, { async: false }),
  };
}

/** Deviations from plain HTML: headings have anchors, wide parts scroll, and links lead to pages. */
function rendererOf(hrefOf: PageHref) {
  return {
    heading(this: Self, { tokens, depth, text }: Tokens.Heading): string {
      const content = this.parser.parseInline(tokens);
      return `<h${depth} id="${slugOf(text)}">${content}</h${depth}>\n`;
    },
    link(this: Self, { href, tokens }: Tokens.Link): string {
      const content = this.parser.parseInline(tokens);
      const target = targetOf(href, hrefOf);
      return target === undefined
        ? content
        : `<a href="${escape(target)}">${content}</a>`;
    },
    image: (): string => "",
    code({ text }: Tokens.Code): string {
      // Readers without a mouse scroll it by the keyboard.
      return `<pre tabindex="0"><code>${escape(text)}</code></pre>\n`;
    },
    table(this: Self, token: Tokens.Table): string {
      const row = (cells: readonly Tokens.TableCell[], tag: "th" | "td") => {
        const content = cells.map(({ tokens }) =>
          `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`
        );
        return `<tr>${content.join("")}</tr>`;
      };
      const body = token.rows.map((cells) => row(cells, "td")).join("\n");
      return `<div class="wide" tabindex="0" role="group" aria-label="Table">` +
        `<table><thead>${row(token.header, "th")}</thead>` +
        `<tbody>${body}</tbody></table></div>\n`;
    },
  };
}

/** The part of a renderer that its methods use. */
interface Self {
  readonly parser: { parseInline(tokens: Tokens.Generic[]): string };
}

function targetOf(href: string, hrefOf: PageHref): string | undefined {
  if (/^(?:https?:|#)/.test(href)) return href;
  const [, file, anchor = ""] = PAGE.exec(href) ?? [];
  const target = file === undefined ? undefined : hrefOf(nameOf(file));
  return target === undefined ? undefined : target + anchor;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
