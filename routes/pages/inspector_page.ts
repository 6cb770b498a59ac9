/** The page at `/inspector` as it leaves the server; its script fills it. */

import { html } from "hono/html";
import { type Html, type PageLink, renderPage } from "./layout.ts";

/** State of the page. */
export interface InspectorPageState {
  /** The navigation. */
  readonly links: readonly PageLink[];
  /** Right of the request, for the script. */
  readonly access: string;
  /** Sentence for a request that is not admitted and cannot log in. */
  readonly refusal: string;
}

/** Renders the page. */
export function inspectorPage(
  { links, access, refusal }: InspectorPageState,
): Html {
  const page = {
    title: "Thrum: inspector",
    description: "Connections, channels and load of this Thrum hub.",
    kind: "inspector",
    path: "inspector",
    links,
    script: "assets/inspector.js",
  };
  return renderPage(
    page,
    html`
      <h1>Inspector</h1>
      ${refusal === ""
        ? html`
          <div id="inspector" data-access="${access}">
            <noscript><p>This page needs JavaScript.</p></noscript>
          </div>
        `
        : html`<p class="lead">${refusal}</p>`}
    `,
  );
}
