/** Files of the pages, as text: `deno task build` makes one script of them, which every runtime can import. */

export { default as consoleScript } from "./assets/console.js" with {
  type: "text",
};
export { default as favicon } from "./assets/favicon.svg" with { type: "text" };
export { default as colours } from "./colours.css" with { type: "text" };
export { default as page } from "./index.html" with { type: "text" };
export { default as reference } from "./reference.css" with { type: "text" };
export { default as style } from "./style.css" with { type: "text" };
