/** `/docs`, `/openapi.json` and `/asyncapi.json`: what can be asked of this server, without anything from elsewhere. */

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

/** What is described, and for whom. */
export interface ReferenceDeps {
  /** The app whose routes are described, also those that are added later. */
  readonly app: Hono;
  /** Whether there is a page for people. */
  readonly pages: boolean;
}

/** Makes the routes of the reference. */
export function referenceRoutes({ app, pages }: ReferenceDeps): Hono {
  const routes = new Hono();
  // It takes all routes into account, and they do not change.
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
