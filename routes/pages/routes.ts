/** `/` and `/assets/*`: the console, with its script and styles; nothing comes from other servers. */

import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const FILES = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/assets/colours.css": ["colours.css", "text/css; charset=utf-8"],
  "/assets/reference.css": ["reference.css", "text/css; charset=utf-8"],
  "/assets/style.css": ["style.css", "text/css; charset=utf-8"],
  "/assets/console.js": ["assets/console.js", "text/javascript; charset=utf-8"],
  "/assets/favicon.svg": ["assets/favicon.svg", "image/svg+xml"],
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
