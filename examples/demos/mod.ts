/** The demos as a part of a server: their pages, and the hub that they talk to. */

import { Hono } from "hono";
import type { BrokerFactory, EmbeddedHub, Log } from "@thrum/thrum";
import { type PageLink, thrum, type ThrumOptions } from "@thrum/thrum/hono";
import { CONTENT_POLICY } from "../../routes/pages/content_policy.ts";
import { addPageHeaders } from "../../routes/guard/page_headers.ts";
import { DEMOS } from "./catalogue.ts";
import { readScript, readSources } from "./files.ts";
import { createDemoHub } from "./hub.ts";
import { demoPage, indexPage, sourcePage } from "./pages.ts";

export { MAX_HISTORY_BYTES } from "./hub.ts";

/** Means of the demos. */
export interface DemosOptions
  extends Pick<ThrumOptions, "allowedOrigins" | "trustedProxies"> {
  /** Shares their channels; another one than that of the server's own hub. */
  readonly broker: BrokerFactory;
  readonly log: Log;
  /** The navigation of all pages. */
  readonly links: readonly PageLink[];
}

/** The demos of a server. */
export interface Demos {
  /** Their routes, to be mounted at `/demos`. */
  readonly app: Hono;
  /** Their hub, to be drained with the server. */
  readonly hub: EmbeddedHub;
}

/** Opens the demos: a hub of their own, and the routes of their pages. */
export function openDemos(options: DemosOptions): Demos {
  const { broker, log, links, allowedOrigins, trustedProxies } = options;
  const hub = createDemoHub({ demos: DEMOS, broker, log });
  const app = new Hono();
  app.route(
    "/hub",
    thrum(hub, { allowedOrigins, trustedProxies, pages: false }),
  );
  app.use(async (c, next) => {
    await next();
    c.header("Content-Security-Policy", CONTENT_POLICY);
    c.header("Cache-Control", "no-cache");
    addPageHeaders(c.res);
  });
  app.get("/", (c) => c.html(indexPage(DEMOS, links)));
  app.get("/assets/:name{.+}", async (c) => {
    const script = await readScript(c.req.param("name"));
    if (script === undefined) return c.notFound();
    c.header("Content-Type", "text/javascript; charset=utf-8");
    return c.body(script);
  });
  for (const demo of DEMOS) {
    app.get(`/${demo.name}`, (c) => c.html(demoPage(demo, links)));
    app.get(
      `/${demo.name}/source`,
      async (c) => c.html(sourcePage(demo, await readSources(demo), links)),
    );
  }
  return { app, hub };
}
