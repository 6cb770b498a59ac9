/** `/docs`, `/openapi.json` and `/asyncapi.json`: the reference of this server; nothing comes from other servers. */

import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { asyncApiOf } from "./asyncapi.ts";
import { openApiOf } from "./openapi.ts";
import { referencePage } from "./page.ts";

const HEADERS = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** Subject and readers of the reference. */
export interface ReferenceDeps {
  /** The app whose routes are described, later ones included. */
  readonly app: Hono;
  /** Serves a page for people, too. */
  readonly pages: boolean;
}

/** Makes the routes of the reference. */
export function referenceRoutes({ app, pages }: ReferenceDeps): Hono {
  const routes = new Hono();
  // Made once, because routes do not change after the start.
  let openApi: ReturnType<typeof openApiOf> | undefined;
  const document = () => openApi ??= openApiOf(app);
  routes.get("/openapi.json", async (c) => {
    const { pathname } = baseOf(c);
    return c.json({ ...await document(), servers: [{ url: pathname || "/" }] });
  });
  routes.get("/asyncapi.json", (c) => c.json(asyncApiOf(baseOf(c))));
  if (!pages) return routes;
  routes.get("/docs", HEADERS, async (c) => {
    c.header("Cache-Control", "no-cache");
    const { origin, pathname } = baseOf(c);
    return c.html(referencePage(await document(), `${origin}${pathname}`));
  });
  return routes;
}

/** The host of a request, and the path that the app is mounted under: empty, or such as `/realtime`. */
function baseOf(
  c: Context,
): { host: string; origin: string; pathname: string } {
  const { host, origin, pathname } = new URL(".", c.req.url);
  return { host, origin, pathname: pathname.replace(/\/$/, "") };
}
