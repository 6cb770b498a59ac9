/** `/` and `/assets/*`: the console, with its script and styles; nothing comes from other servers. */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { routePath } from "hono/route";
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

type File = readonly [text: string, type: string];

const INDEX: File = [page, "text/html; charset=utf-8"];
const FILES: Readonly<Record<string, File>> = {
  "/assets/colours.css": [colours, CSS],
  "/assets/reference.css": [reference, CSS],
  "/assets/style.css": [style, CSS],
  "/assets/console.js": [consoleScript, "text/javascript; charset=utf-8"],
  "/assets/favicon.svg": [favicon, "image/svg+xml"],
};

/** Makes the routes of the page and its files; the one with a star is guarded by `guard`, for its path is not the page's alone. */
export function pagesRoutes(guard: readonly MiddlewareHandler[]): Hono {
  const app = new Hono();
  app.get("/", (c) => {
    // The addresses in the page are relative to a slash.
    if (c.req.path.endsWith("/")) return answerWith(c, INDEX);
    return c.redirect(`${c.req.path.split("/").at(-1)}/`);
  });
  for (const [path, file] of Object.entries(FILES)) {
    app.get(path, (c) => answerWith(c, file));
  }
  // The last slash where the app is mounted. A pattern for it alone would cost every
  // request of all routes the fast router of Hono.
  const guarded = every(...guard);
  app.get("/*", async (c, next) => {
    if (`${c.req.path}*` !== routePath(c)) return await next();
    return await guarded(c, () => {
      c.res = answerWith(c, INDEX);
      return Promise.resolve();
    });
  });
  return app;
}

function answerWith(c: Context, [text, type]: File): Response {
  c.header("Content-Security-Policy", POLICY);
  c.header("Content-Type", type);
  c.header("Cache-Control", "no-cache");
  return c.body(text);
}
