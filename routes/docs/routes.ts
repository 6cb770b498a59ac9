/** `/docs` and `/docs/:name`: the documentation, rendered on the server and without a script. */

import { type Context, Hono } from "hono";
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
  app.get("/docs/:name", (c) => answer(c, c.req.param("name")));
  return app;
}
