/** The page at `/` as it leaves the server; its script fills it. */

import { html } from "hono/html";
import { type Html, type PageLink, renderPage } from "./layout.ts";

/** Content of the page. */
export interface PagesDeps {
  /** The navigation. */
  readonly links: readonly PageLink[];
  /** True where everybody may connect: the console does so by itself then. */
  readonly anonymous: boolean;
}

/** Renders the page of the console. */
export function consolePage({ links, anonymous }: PagesDeps): Html {
  const page = {
    title: "Thrum",
    description: "A console for the text protocol of a Thrum hub.",
    kind: "console",
    path: "",
    links,
    script: "assets/console.js",
  };
  return renderPage(
    page,
    html`
      <h1 class="spoken">Console</h1>
      <div id="console" data-access="${anonymous ? "anonymous" : "token"}">
        <noscript>
          <p>
            This page needs JavaScript; the hub does not. Any WebSocket client
            that can send a line of text to <code>/ws</code> will do.
          </p>
        </noscript>
      </div>
    `,
  );
}
