/** `/docs` and `/docs/<name>`: the documentation, rendered on the server and without a script. */

import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import { CONTENT_POLICY } from "../pages/content_policy.ts";
import type { PageLink } from "../pages/layout.ts";

/** Surroundings of the documentation. */
export interface DocsDeps {
  /** The navigation of all pages. */
  readonly links: readonly PageLink[];
}

/** Makes the routes of the documentation. */
export function docsRoutes({ links }: DocsDeps): Hono {
  const app = new Hono();
  const answer = async (c: Context, name?: string) => {
    // Most servers never show it: its texts are loaded for the first reader.
    const [{ contents, pageOf }, { docsPage }] = await Promise.all([
      import("./library.ts"),
      import("./page.ts"),
    ]);
    const page = pageOf(name);
    if (page === undefined) return await c.notFound();
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-cache");
    return c.html(docsPage(page, { name, contents, links }));
  };
  app.get("/docs", (c) => answer(c));
  app.get("/docs/", (c) => c.redirect("../docs"));
  // A parameter beside `/docs/reference` would cost every request of all routes the
  // fast router of Hono.
  app.get("/docs/*", (c) => {
    return answer(c, c.req.path.slice(routePath(c).length - 1));
  });
  return app;
}
