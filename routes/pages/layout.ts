/**
 * Layout of every page: the masthead with the navigation, and the content of the page
 * below it. The server writes its pages with `hono/html`: Deno 2.9 types JSX by the
 * compiler options of the program that imports these routes, whatever pragma a file has.
 */

import { html } from "hono/html";

/** Link in the navigation. */
export interface PageLink {
  /** Text of the link. */
  readonly label: string;
  /**
   * Path below the app, such as `demos`, or an address that begins with a slash or a
   * scheme and is taken as it is.
   */
  readonly path: string;
}

/** Properties of one page. */
export interface Page {
  readonly title: string;
  readonly description: string;
  /** Class of the body, for the styles of this page alone. */
  readonly kind: string;
  /** Path of the page below the app, without a slash at its beginning: addresses are relative to it. */
  readonly path: string;
  /** The navigation; the link to a page is marked on it, and on the pages below its path. */
  readonly links: readonly PageLink[];
  /** Path of its script below the app. */
  readonly script?: string;
}

/** A page in HTML. */
export type Html = ReturnType<typeof html>;

/** Renders a page; its addresses are relative, as an app or a proxy may have put it under any path. */
export function renderPage(page: Page, content: Html): Html {
  const { title, description, kind, path, links, script } = page;
  const toRoot = rootOf(path);
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="description" content="${description}">
        <title>${title}</title>
        <link rel="icon" href="${toRoot}assets/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="${toRoot}assets/style.css">
        ${script &&
          html`<script type="module" src="${toRoot}${script}"></script>`}
      </head>
      <body class="${kind}">
        <a class="skip" href="#main">Skip to the content</a>
        <header class="masthead">
          <a class="brand" href="${hrefOf("", toRoot)}" aria-label="Thrum">
            <img
              src="${toRoot}assets/favicon.svg"
              alt=""
              width="28"
              height="28"
            >
            <span>Thrum</span>
          </a>
          <nav aria-label="Pages">
            <ul>
              ${links.map((link) => navigationItem(link, path))}
            </ul>
          </nav>
        </header>
        <main id="main" tabindex="-1">${content}</main>
      </body>
    </html>
  `;
}

function navigationItem({ label, path }: PageLink, current: string): Html {
  const isHere = path === current;
  const isAbove = path !== "" && current.startsWith(`${path}/`);
  const mark = isHere
    ? html`
      aria-current="page"
    `
    : isAbove
    ? html`
      aria-current="true"
    `
    : "";
  const href = hrefOf(path, rootOf(current));
  return html`<li><a href="${href}"${mark}>${label}</a></li>`;
}

/** The way from a page up to the app: `demos/chat` is one folder deep. */
function rootOf(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}

function hrefOf(path: string, toRoot: string): string {
  if (/^(?:\/|[a-z][a-z+.-]*:)/i.test(path)) return path;
  return `${toRoot}${path}` || "./";
}
