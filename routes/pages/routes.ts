/** `/` and `/assets/*`: the console, with its script and the styles of all pages; nothing comes from other servers. */

import { type Context, Hono, type MiddlewareHandler } from "hono";
import { every } from "hono/combine";
import { routePath } from "hono/route";
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

/** Dependencies of the routes. */
export interface PagesRoutesDeps extends PagesDeps {
  /** Guards of the index, whose path has a star and is not this app's alone. */
  readonly guards: readonly MiddlewareHandler[];
}

/** Makes the routes of the console and of the files of all pages. */
export function pagesRoutes(deps: PagesRoutesDeps): Hono {
  const app = new Hono();
  const index = (c: Context) => {
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-cache");
    return c.html(consolePage(deps));
  };
  app.get("/", (c) => {
    // The addresses in the page are relative to a slash.
    if (c.req.path.endsWith("/")) return index(c);
    return c.redirect(`${c.req.path.split("/").at(-1)}/`);
  });
  for (const [path, [text, type]] of Object.entries(FILES)) {
    app.get(path, (c) => {
      c.header("Content-Security-Policy", CONTENT_POLICY);
      c.header("Content-Type", type);
      c.header("Cache-Control", "no-cache");
      return c.body(text);
    });
  }
  // The last slash where the app is mounted. A pattern for it alone would cost every
  // request of all routes the fast router of Hono.
  const guarded = every(...deps.guards);
  app.get("/*", async (c, next) => {
    if (`${c.req.path}*` !== routePath(c)) return await next();
    return await guarded(c, async () => {
      c.res = await index(c);
    });
  });
  return app;
}
