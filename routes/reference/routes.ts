/** `/docs`, `/openapi.json` and `/asyncapi.json`: what can be asked of this server, without anything from elsewhere. */

import { Hono } from "hono";
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

/** Makes the routes of the reference to the routes of `app`, also those that are mounted later. */
export function referenceRoutes({ app }: { readonly app: Hono }): Hono {
  const routes = new Hono();
  // It takes all routes into account, and they do not change.
  let openApi: ReturnType<typeof openApiOf> | undefined;
  const document = () => openApi ??= openApiOf(app);
  routes.get("/openapi.json", async (c) => c.json(await document()));
  routes.get("/asyncapi.json", (c) => {
    return c.json(asyncApiOf(new URL(c.req.url).host));
  });
  routes.get("/docs", HEADERS, async (c) => {
    c.header("Cache-Control", "no-cache");
    return c.html(referencePage(await document()));
  });
  return routes;
}
