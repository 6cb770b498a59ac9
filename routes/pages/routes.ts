/** `/` and `/assets/*`: the console, with its script and the styles of all pages; nothing comes from other servers. */

import { Hono } from "hono";
// One script of texts: a program needs no permission to read them, and Node no loader.
// @ts-types="./files.ts"
import {
  consoleScript,
  favicon,
  inspectorScript,
  styles,
} from "./assets/files.js";
import { consolePage, type PagesDeps } from "./console_page.ts";
import { CONTENT_POLICY } from "./content_policy.ts";

const FILES = {
  "/assets/style.css": [styles.join("\n"), "text/css; charset=utf-8"],
  "/assets/console.js": [consoleScript, "text/javascript; charset=utf-8"],
  "/assets/inspector.js": [inspectorScript, "text/javascript; charset=utf-8"],
  "/assets/favicon.svg": [favicon, "image/svg+xml"],
} as const;

/** Makes the routes of the console and of the files of all pages. */
export function pagesRoutes(deps: PagesDeps): Hono {
  const app = new Hono();
  app.get("/", async (c, next) => {
    // The addresses in the page are relative to a slash.
    if (c.req.path.endsWith("/")) return await next();
    return c.redirect(`${c.req.path.split("/").at(-1)}/`);
  });
  // With its last slash also where the app is mounted.
  app.get("/:index{$}", (c) => {
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-cache");
    return c.html(consolePage(deps));
  });
  for (const [path, [text, type]] of Object.entries(FILES)) {
    app.get(path, (c) => {
      c.header("Content-Security-Policy", CONTENT_POLICY);
      c.header("Content-Type", type);
      c.header("Cache-Control", "no-cache");
      return c.body(text);
    });
  }
  return app;
}
