/** `/` and `/assets/*`: the console, with its script and styles; nothing comes from other servers. */

import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
// One script of texts: a program needs no permission to read them, and Node no loader.
// @ts-types="./files.ts"
import {
  colours,
  consoleScript,
  favicon,
  page,
  reference,
  style,
} from "./assets/files.js";

const CSS = "text/css; charset=utf-8";

const FILES = {
  // With its last slash also where the app is mounted.
  "/:index{$}": [page, "text/html; charset=utf-8"],
  "/assets/colours.css": [colours, CSS],
  "/assets/reference.css": [reference, CSS],
  "/assets/style.css": [style, CSS],
  "/assets/console.js": [consoleScript, "text/javascript; charset=utf-8"],
  "/assets/favicon.svg": [favicon, "image/svg+xml"],
} as const;

/** Makes the routes of the page and its files. */
export function pagesRoutes(): Hono {
  const app = new Hono();
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      // The page's URL field may name another server.
      connectSrc: ["'self'", "ws:", "wss:", "http:", "https:"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
  app.get("/", async (c, next) => {
    // The addresses in the page are relative to a slash.
    if (c.req.path.endsWith("/")) return await next();
    return c.redirect(`${c.req.path.split("/").at(-1)}/`);
  });
  for (const [path, [text, type]] of Object.entries(FILES)) {
    app.get(path, headers, (c) => {
      c.header("Content-Type", type);
      c.header("Cache-Control", "no-cache");
      return c.body(text);
    });
  }
  return app;
}
