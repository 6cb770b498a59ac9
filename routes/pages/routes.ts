/** `/` and `/assets/*`: the console, with its script and styles; nothing comes from other servers. */

import { Hono } from "hono";
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

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // The page's URL field may name another server.
  "connect-src 'self' ws: wss: http: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

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
  app.get("/", async (c, next) => {
    // The addresses in the page are relative to a slash.
    if (c.req.path.endsWith("/")) return await next();
    return c.redirect(`${c.req.path.split("/").at(-1)}/`);
  });
  for (const [path, [text, type]] of Object.entries(FILES)) {
    app.get(path, (c) => {
      c.header("Content-Security-Policy", POLICY);
      c.header("Content-Type", type);
      c.header("Cache-Control", "no-cache");
      return c.body(text);
    });
  }
  return app;
}
