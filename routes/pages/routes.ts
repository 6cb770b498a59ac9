/** `/`: the page, and what it and the reference load, without anything from elsewhere. */

import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const FILES = {
  // Under the path of a mounted app, too, with its last slash.
  "/:index{$}": ["index.html", "text/html; charset=utf-8"],
  "/assets/colours.css": ["colours.css", "text/css; charset=utf-8"],
  "/assets/reference.css": ["reference.css", "text/css; charset=utf-8"],
  "/assets/style.css": ["style.css", "text/css; charset=utf-8"],
  "/assets/console.js": ["assets/console.js", "text/javascript; charset=utf-8"],
  "/assets/favicon.svg": ["assets/favicon.svg", "image/svg+xml"],
} as const;

/** Makes the routes of the page and what it loads. */
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
  for (const [path, [file, type]] of Object.entries(FILES)) {
    app.get(path, headers, async (c) => {
      const url = new URL(`./${file}`, import.meta.url);
      c.header("Content-Type", type);
      c.header("Cache-Control", "no-cache");
      return c.body(await Deno.readTextFile(url));
    });
  }
  return app;
}
