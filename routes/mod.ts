/**
 * The routes of a hub for Hono: WebSocket, HTTP fallbacks, server API, health and pages.
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
import type { ChannelsConfig } from "../lib/channel/channel_options.ts";
import { coreOf, type EmbeddedHub } from "../lib/embedding/embedded_hub.ts";
import { TrustedProxies } from "../lib/limits/client_address.ts";
import { apiRoutes } from "./api.ts";
import { centrifugeRoutes } from "./centrifuge.ts";
import { healthRoutes } from "./health.ts";
import { pagesRoutes } from "./pages/routes.ts";
import { pollRoutes } from "./poll.ts";
import { referenceRoutes } from "./reference/routes.ts";
import { sendRoutes } from "./send.ts";
import { streamRoutes } from "./stream.ts";
import { wsRoutes } from "./ws.ts";

/** An app of Hono. Named by its package, for the types of that are no part of this documentation. */
export type ThrumApp = InstanceType<(typeof import("hono"))["Hono"]>;

/** Options of the routes. */
export interface ThrumOptions {
  /**
   * Origins of pages that may connect, such as `https://app.example`; `*` is any.
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
   * Serves pages for people: a console at `/`, and the reference at `/docs`.
   * @default {true}
   */
  readonly pages?: boolean;
  /**
   * Counts the isolates of this process, for `/healthz`: those that are alive, and
   * those that were lost by an error.
   * @default {not counted}
   */
  readonly isolates?: () => { readonly alive: number; readonly lost: number };
}

/**
 * Makes the app of a hub, to be served alone or mounted under any path. An exception
 * of a handler is logged and answered with 500.
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
 */
export function thrum<Channels extends ChannelsConfig>(
  hub: EmbeddedHub<Channels>,
  { allowedOrigins, trustedProxies, apiKey, pages = true, isolates }:
    ThrumOptions = {},
): ThrumApp {
  const core = coreOf(hub);
  const { log, tokens, insecure, hooks } = core;
  const guard = {
    hub: core.hub,
    log,
    tokens,
    insecure,
    allowedOrigins,
    trustedProxies: new TrustedProxies(trustedProxies),
  };
  const app = new Hono();
  app.route("/", wsRoutes(guard));
  app.route("/", centrifugeRoutes(guard));
  app.route("/", streamRoutes(guard));
  app.route("/", pollRoutes(guard));
  app.route("/", sendRoutes(guard));
  app.route("/", apiRoutes({ hub: core.hub, log, hooks, apiKey }));
  app.route("/", healthRoutes({ hub: core.hub, isolates }));
  app.route("/", referenceRoutes({ app, pages }));
  if (pages) app.route("/", pagesRoutes());
  app.onError((error, c) => {
    log.error("request_failed", { path: c.req.path, error });
    return c.text("Internal server error; the log has the details.\n", 500);
  });
  app.notFound((c) => {
    return c.text(`There is nothing at ${c.req.path}; try / or /ws.\n`, 404);
  });
  return app;
}
