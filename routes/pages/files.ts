/** Files of the pages, as text: `deno task build` makes one script of them, which every runtime can import. */

import colours from "./styles/colours.css" with { type: "text" };
import console from "./styles/console.css" with { type: "text" };
import docs from "./styles/docs.css" with { type: "text" };
import demoAnswer from "./styles/demo_answer.css" with { type: "text" };
import demoQuotes from "./styles/demo_quotes.css" with { type: "text" };
import demos from "./styles/demos.css" with { type: "text" };
import layout from "./styles/layout.css" with { type: "text" };
import reference from "./styles/reference.css" with { type: "text" };

export { default as consoleScript } from "./assets/console.js" with {
  type: "text",
};
export { default as favicon } from "./assets/favicon.svg" with { type: "text" };

/** Parts of the one stylesheet, in their order. */
export const styles: readonly string[] = [
  colours,
  layout,
  console,
  demos,
  docs,
  demoAnswer,
  demoQuotes,
  reference,
];
