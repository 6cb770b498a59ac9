/** Page of `/docs/reference`: the server API by method, rendered on the server and without a script. */

import { html } from "hono/html";
import { type Html, type PageLink, renderPage } from "../pages/layout.ts";
import type { OpenApi } from "./openapi.ts";
import {
  type Field,
  fieldsOf,
  type Operation,
  operationsOf,
} from "./operations.ts";

const ANSWERS = [
  ["200", '{"result":{…}}, or {"error":{"code","message"}}'],
  ["400", "the body is not valid JSON"],
  ["401", "the key is invalid"],
  ["404", "no such method, or the server API is off"],
  ["405", "another verb than POST"],
  ["413", "the body is too long"],
  ["415", "the body is compressed"],
] as const;

/** Renders the reference. */
export function referencePage(
  document: OpenApi,
  links: readonly PageLink[],
): Html {
  const operations = operationsOf(document)
    .filter(({ path }) => path.startsWith("/api/"));
  const page = {
    title: "Thrum: the server API",
    description: "The methods of the server API of a Thrum hub.",
    kind: "reference",
    path: "docs/reference",
    links,
  };
  return renderPage(
    page,
    html`
      <nav class="methods" aria-label="Methods">
        <ul>
          ${operations.map(({ id }) =>
            html`<li><a href="#${id}">${id}</a></li>`
          )}
        </ul>
      </nav>
      <div>
        <h1>The server API</h1>
        <p>
          <code>POST /api/&lt;method&gt;</code> with JSON, and the server's
          <code>API_KEY</code> as <code>X-API-Key</code> or as
          <code>Authorization: apikey …</code>. In the examples
          <code>$HUB</code> is the address of this page without its
          <code>/docs/reference</code>. This page for programs: <a href="../openapi.json">OpenAPI</a>. Messages
          of clients: <a href="../asyncapi.json">AsyncAPI</a>.
        </p>
        <table>
          ${ANSWERS.map(([status, meaning]) => row(status, meaning))}
        </table>
        ${operations.map((operation) => section(operation))}
      </div>
    `,
  );
}

function row(head: string | Html, ...cells: readonly string[]): Html {
  return html`<tr><th scope="row">${head}</th>${
    cells.map((cell) => html`<td>${cell}</td>`)
  }</tr>`;
}

function section(
  { id, path, summary, body, example }: Operation,
): Html {
  const fields = fieldsOf(body);
  const json = JSON.stringify(example);
  return html`
    <section id="${id}">
      <h2>${id}</h2>
      <p>${summary}.</p>
      ${fields.length > 0 ? fieldTable(fields) : ""}
      <pre tabindex="0">curl -H "X-API-Key: $API_KEY" -d '${json}' "$HUB${path}"</pre>
    </section>
  `;
}

function fieldTable(fields: readonly Field[]): Html {
  return html`
    <table>
      <thead>
        <tr>
          <th>field</th>
          <th>type</th>
          <th>meaning</th>
        </tr>
      </thead>
      <tbody>${fields.map(({ name, type, required, description }) =>
        row(
          html`<code>${name}</code>${required ? " *" : ""}`,
          type,
          description,
        )
      )}</tbody>
    </table>
  `;
}
