/** `/docs/reference`, `/openapi.json` and `/asyncapi.json`: the reference of this server; nothing comes from other servers. */

import { type Context, Hono } from "hono";
import { asyncApiOf } from "./asyncapi.ts";
import { openApiOf } from "./openapi.ts";
import { CONTENT_POLICY } from "../pages/content_policy.ts";
import type { PageLink } from "../pages/layout.ts";
import { referencePage } from "./page.ts";

/** Path that a proxy has taken from the beginning of the request's. */
const PREFIX = /^(?:\/[\w.~-]+)+$/;

/** Subject and readers of the reference. */
export interface ReferenceDeps {
  /** The app whose routes are described, later ones included. */
  readonly app: Hono;
  /** Serves a page for people, too. */
  readonly pages: boolean;
  /** The navigation of that page. */
  readonly links: readonly PageLink[];
}

/** Makes the routes of the reference. */
export function referenceRoutes(
  { app, pages, links }: ReferenceDeps,
): Hono {
  const routes = new Hono();
  // Made once, because routes do not change after the start.
  let openApi: ReturnType<typeof openApiOf> | undefined;
  const document = () => openApi ??= openApiOf(app);
  routes.get("/openapi.json", async (c) => {
    // Beside this document, wherever a proxy or an app has put it.
    return c.json({ ...await document(), servers: [{ url: "." }] });
  });
  routes.get("/asyncapi.json", (c) => c.json(asyncApiOf(baseOf(c))));
  if (!pages) return routes;
  routes.get("/docs/reference", async (c) => {
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-cache");
    return c.html(referencePage(await document(), links));
  });
  return routes;
}

/** The host of a request, and the path that clients find the app under: empty, or such as `/realtime`. */
function baseOf(c: Context): { host: string; pathname: string } {
  const { host, pathname } = new URL(".", c.req.url);
  const prefix = c.req.header("x-forwarded-prefix") ?? "";
  const before = PREFIX.test(prefix) ? prefix : "";
  return { host, pathname: `${before}${pathname.replace(/\/$/, "")}` };
}
