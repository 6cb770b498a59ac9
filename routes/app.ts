/** Mounts every route. */

import { Hono } from "hono";
import type { TokenVerifier } from "../lib/auth/token_verifier.ts";
import type { Config } from "../server/config.ts";
import type { IsolateCount } from "../server/isolate_watch.ts";
import type { Hub } from "../lib/hub/hub.ts";
import type { Log } from "../lib/base/log.ts";
import type { Policy } from "../lib/hub/policy.ts";
import { apiRoutes } from "./api.ts";
import { centrifugeRoutes } from "./centrifuge.ts";
import { healthRoutes } from "./health.ts";
import { pagesRoutes } from "./pages/routes.ts";
import { pollRoutes } from "./poll.ts";
import { sendRoutes } from "./send.ts";
import { streamRoutes } from "./stream.ts";
import { referenceRoutes } from "./reference/routes.ts";
import { wsRoutes } from "./ws.ts";

/** What the routes are given. */
export interface AppDeps {
  readonly hub: Hub;
  readonly config: Config;
  readonly log: Log;
  readonly tokens: TokenVerifier;
  /** Counts the isolates of this process, where the platform can. */
  readonly isolates?: () => IsolateCount;
  /** Answers what a backend calls; without it, that is not available. */
  readonly policy?: Pick<Policy, "onRpc">;
}

/** Makes the application; a handler's exception is logged and answered with 500. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.route("/", wsRoutes(deps));
  app.route("/", centrifugeRoutes(deps));
  app.route("/", streamRoutes(deps));
  app.route("/", pollRoutes(deps));
  app.route("/", sendRoutes(deps));
  app.route("/", apiRoutes({ policy: {}, ...deps }));
  app.route("/", healthRoutes(deps));
  app.route("/", referenceRoutes({ app }));
  app.route("/", pagesRoutes());
  app.onError((error, c) => {
    deps.log.error("request_failed", { path: c.req.path, error });
    return c.text("Internal server error; the log has the details.\n", 500);
  });
  app.notFound((c) => {
    return c.text(`There is nothing at ${c.req.path}; try / or /ws.\n`, 404);
  });
  return app;
}
