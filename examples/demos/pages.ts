/** Pages of the demos: the index, one for each demo, and one with its source. */

import { html } from "hono/html";
import {
  type Html,
  type PageLink,
  renderPage,
} from "../../routes/pages/layout.ts";
import type { SourceText } from "./files.ts";
import type { Demo } from "./frame/demo.ts";

/** Renders the index. */
export function indexPage(
  demos: readonly Demo[],
  links: readonly PageLink[],
): Html {
  const page = {
    title: "Thrum: demos",
    description: "What a realtime hub is for, to play with.",
    kind: "demos",
    path: "demos",
    links,
  };
  return renderPage(
    page,
    html`
      <h1>Demos</h1>
      <p class="lead">
        The page of each is about a hundred lines on the public API. Two people
        share one window; cut the line of one, and see what the hub does.
      </p>
      <ul class="cards">
        ${demos.map(card)}
      </ul>
    `,
  );
}

/** Renders the frame of a demo, which its script fills. */
export function demoPage(demo: Demo, links: readonly PageLink[]): Html {
  const { name, title, summary, hint, shows } = demo;
  const page = {
    title: `Thrum: ${title}`,
    description: summary,
    kind: "demo",
    path: `demos/${name}`,
    links,
    script: `demos/assets/${name}/page.js`,
  };
  return renderPage(
    page,
    html`
      <h1>${title}</h1>
      <p class="lead">${summary} ${hint}</p>
      <div class="aside">
        ${tags(shows)}
        <a class="button" href="${name}/source">Source</a>
      </div>
      <div class="panes ${name}">
        ${pane("left")} ${pane("right")}
      </div>
      <noscript>
        <p>The demos need JavaScript.</p>
      </noscript>
    `,
  );
}

/** Renders the source of a demo. */
export function sourcePage(
  { name, title }: Demo,
  files: readonly SourceText[],
  links: readonly PageLink[],
): Html {
  const page = {
    title: `Thrum: source of ${title}`,
    description: `The source of the demo ${title}.`,
    kind: "source",
    path: `demos/${name}/source`,
    links,
  };
  return renderPage(
    page,
    html`
      <h1>${title}: the source</h1>
      <p class="lead"><a href="../${name}">Back to the demo</a></p>
      ${files.map(sourceSection)}
    `,
  );
}

function card({ name, title, summary, shows }: Demo): Html {
  return html`
    <li>
      <h2><a href="demos/${name}">${title}</a></h2>
      <p>${summary}</p>
      ${tags(shows)}
    </li>
  `;
}

function pane(side: string): Html {
  return html`
    <section class="demo-pane ${side}" aria-label="${side}">
      <div class="demo-head"></div>
      <div class="demo-stage"></div>
    </section>
  `;
}

function tags(words: readonly string[]): Html {
  return html`<span class="tags">${
    words.map((word) => html`<span>${word}</span>`)
  }</span>`;
}

function sourceSection({ path, text }: SourceText): Html {
  return html`
    <section>
      <h2>${path}</h2>
      <pre tabindex="0" role="region"
        aria-label="${path}"><code>${text}</code></pre>
    </section>
  `;
}
