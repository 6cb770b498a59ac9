/** `/docs`, `/openapi.json` and `/asyncapi.json`: the reference of this server; nothing comes from other servers. */

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

/** Makes the routes of the reference, which describes the routes of `app`, later ones included. */
export function referenceRoutes({ app }: { readonly app: Hono }): Hono {
  const routes = new Hono();
  // Made once, because routes do not change after the start.
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
