/**
 * The routes of a hub for Hono: WebSocket, HTTP fallbacks, server API, health, metrics and pages.
 *
 * @example A hub at `/realtime`: clients connect to `/realtime/ws`
 * ```ts
 * import { Hono } from "hono";
 * import { createHub } from "@thrum/thrum";
 * import { thrum } from "@thrum/thrum/hono";
 *
 * const hub = createHub({ access: "anonymous" });
 * const app = new Hono().route("/realtime", thrum(hub));
 * Deno.serve(app.fetch);
 * ```
 *
 * @module
 */

import { Hono } from "hono";
import { allowedOriginsOf } from "../lib/auth/allowed_origins.ts";
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import { namesOf, requireKnown, typeName } from "../lib/base/options.ts";
import { coreOf, type EmbeddedHub } from "../lib/embedding/embedded_hub.ts";
import { TrustedProxies } from "../lib/limits/client_address.ts";
import { apiRoutes } from "./api.ts";
import { centrifugeRoutes } from "./centrifuge.ts";
import { docsRoutes } from "./docs/routes.ts";
import { knownHost } from "./guard/host.ts";
import { addPageHeaders, pageHeaders } from "./guard/page_headers.ts";
import { healthRoutes } from "./health.ts";
import { inspectorRoutes } from "./inspector.ts";
import { metricsRoutes } from "./metrics.ts";
import type { PageLink } from "./pages/layout.ts";
import { navigationOf } from "./pages/navigation.ts";
import { pagesRoutes } from "./pages/routes.ts";
import { pollRoutes } from "./poll.ts";
import { referenceRoutes } from "./reference/routes.ts";
import { sendRoutes } from "./send.ts";
import { streamRoutes } from "./stream.ts";
import { wsRoutes } from "./ws.ts";

/** An app of Hono. Named by its package, for the types of that are no part of this documentation. */
export type ThrumApp = InstanceType<(typeof import("hono"))["Hono"]>;

export type { PageLink };

/** Options of the pages for people. */
export interface PagesOptions {
  /**
   * Links to other pages of the program, in the navigation of all pages.
   * @default {[]}
   */
  readonly links?: readonly PageLink[];
}

/** Options of the routes. */
export interface ThrumOptions {
  /**
   * Origins of pages that may connect, such as `https://app.example`; in
   * `https://*.app.example` the star is one label, `*` alone is any origin.
   * @default {the host of the request}
   */
  readonly allowedOrigins?: readonly string[];
  /**
   * Addresses and networks of proxies, such as `10.0.0.0/8`: what they say in
   * `X-Forwarded-For` or `Forwarded` is the client's address. Without them the
   * address is the other end of the connection, and is not limited if that is internal.
   * @default {[]}
   */
  readonly trustedProxies?: readonly string[];
  /**
   * Key of the server API; without one, the API is off and answers 404.
   * @default {none}
   */
  readonly apiKey?: string;
  /**
   * Key of operators, who log in with it at `/inspector`; without one, the inspector is
   * off, or for this machine only where every client may do everything.
   * @default {none}
   */
  readonly adminKey?: string;
  /**
   * Key of `/metrics`, as `Authorization: Bearer …`; without one, only requests of this
   * machine are answered.
   * @default {none}
   */
  readonly metricsKey?: string;
  /**
   * Serves pages for people: a console at `/`, the inspector at `/inspector`, and the
   * documentation at `/docs`. An object adds to them.
   * @default {true}
   */
  readonly pages?: boolean | PagesOptions;
  /**
   * Counts the isolates of this process, for `/healthz` and `/metrics`: those that are
   * alive, those that were lost by an error, and the ids of their nodes.
   * @default {not counted; `/metrics` has all nodes that the broker reaches}
   */
  readonly isolates?: () => {
    readonly alive: number;
    readonly lost: number;
    readonly nodes: readonly string[];
  };
}

const THRUM_OPTIONS = namesOf<ThrumOptions>({
  allowedOrigins: true,
  trustedProxies: true,
  apiKey: true,
  adminKey: true,
  metricsKey: true,
  pages: true,
  isolates: true,
});
const PAGES_OPTIONS = namesOf<PagesOptions>({ links: true });

/**
 * Makes the app of a hub, to be served alone or mounted under any path. An exception
 * of a handler is logged and answered with 500. A hub with access `"anonymous"` answers
 * under localhost, an address and the hosts of `allowedOrigins` only (403), so that no
 * site on the internet reaches it by a name that leads to this machine.
 *
 * @example With a server API, and without pages
 * ```ts
 * import { createHub } from "@thrum/thrum";
 * import { thrum } from "@thrum/thrum/hono";
 *
 * const hub = createHub({ access: { tokens: { secret: "a".repeat(32) } } });
 * const app = thrum(hub, { apiKey: "secret", pages: false });
 * Deno.serve(app.fetch);
 * ```
 *
 * @throws {TypeError} If an option is misspelt, no page can have one of the `allowedOrigins`, or no request one of the keys.
 */
export function thrum<Channels extends ChannelsConfig>(
  hub: EmbeddedHub<Channels>,
  options: ThrumOptions = {},
): ThrumApp {
  const core = coreOf(hub);
  const { metricsKey, pages = true, isolates } = requireOptions(options);
  const { log } = core;
  const guard = {
    ...core,
    allowedOrigins: allowedOriginsOf(options.allowedOrigins),
    trustedProxies: new TrustedProxies(options.trustedProxies),
  };
  const app = new Hono();
  const routes = new Hono();
  routes.route("/", centrifugeRoutes(guard));
  routes.route("/", streamRoutes(guard));
  routes.route("/", pollRoutes(guard));
  routes.route("/", sendRoutes(guard));
  const links = navigationOf(typeof pages === "object" ? pages.links : []);
  routes.route("/", referenceRoutes({ app, pages: pages !== false, links }));
  if (pages) {
    routes.route("/", docsRoutes({ links }));
    const guards = [pageHeaders(), knownHost(guard)];
    const anonymous = core.insecure;
    routes.route("/", pagesRoutes({ links, anonymous, guards }));
    routes.route("/", inspectorRoutes({ ...core, ...options, guard, links }));
  }
  const health = healthRoutes({ hub: core.hub, isolates });
  const metrics = metricsRoutes({ source: core, isolates, metricsKey });
  // By path, so that an app around this one keeps its own paths for itself.
  for (const path of pathsOf(routes, health, metrics)) {
    app.use(path, pageHeaders());
  }
  // Load balancers check the health under any name; the other routes have their own guards.
  for (const path of pathsOf(routes)) app.use(path, knownHost(guard));
  app.route("/", wsRoutes(guard));
  app.route("/", apiRoutes({ ...core, ...options, guard }));
  app.route("/", health);
  app.route("/", metrics);
  app.route("/", routes);
  app.onError((error, c) => {
    log.error("request_failed", { path: c.req.path, error });
    const answer = c.text(
      "Internal server error; the log has the details.\n",
      500,
    );
    addPageHeaders(answer);
    return answer;
  });
  app.notFound((c) => {
    const { path } = c.req;
    const advice = /\/docs\//.test(path)
      ? "/docs lists the pages of the documentation"
      : "/ has the pages, /docs the documentation, and /ws takes clients";
    const answer = c.text(`There is nothing at ${path}: ${advice}.\n`, 404);
    addPageHeaders(answer);
    return answer;
  });
  return app;
}

/** The options, checked for a program without types. */
function requireOptions(options: ThrumOptions): ThrumOptions {
  requireKnown("make the routes", options, THRUM_OPTIONS);
  const { pages = true, isolates } = options;
  if (typeof pages !== "boolean") {
    requireKnown("make the pages", pages, PAGES_OPTIONS);
  }
  if (isolates === undefined || typeof isolates === "function") return options;
  throw new TypeError(
    `Cannot make the routes with isolates of the type ${
      typeName(isolates)
    }: expected a function`,
  );
}

/** Paths of the routes. The star is not theirs alone: its route guards what is theirs. */
function pathsOf(...apps: readonly Hono[]): ReadonlySet<string> {
  const paths = apps.flatMap(({ routes }) => routes.map(({ path }) => path));
  return new Set(paths.filter((path) => path !== "/*"));
}
