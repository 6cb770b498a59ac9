/** `/healthz` and `/readyz`: whether this node lives, and whether it takes connections. */

import { Hono } from "hono";
import type { IsolateCount } from "../server/isolate_watch.ts";
import type { Hub } from "../lib/hub/hub.ts";
import { describeHealth } from "./reference/openapi.ts";

const LIVES = describeHealth({
  id: "healthz",
  summary:
    "Whether this node lives, how many connections it has, and how its broker runs",
});
const TAKES = describeHealth({
  id: "readyz",
  summary: "Whether this node takes connections",
  negative: "no: it drains, or its broker is away",
});

/** Dependencies of the health checks. */
export interface HealthRoutesDeps {
  readonly hub: Hub;
  /** Counts the isolates of this process, where the platform can. */
  readonly isolates?: () => IsolateCount;
}

/** Makes the routes for health checks. */
export function healthRoutes({ hub, isolates }: HealthRoutesDeps): Hono {
  const app = new Hono();
  app.get("/healthz", LIVES, (c) => {
    const count = isolates?.();
    return c.json({
      status: count === undefined || count.lost === 0 ? "ok" : "degraded",
      connections: hub.size,
      // Closed by us, but still held open by the other side.
      closing: Math.max(hub.admission.count - hub.size, 0),
      broker: hub.broker.mode,
      isolates: count,
    });
  });
  app.get("/readyz", TAKES, (c) => {
    if (hub.draining) return c.json({ status: "draining" }, 503);
    return hub.broker.ready
      ? c.json({ status: "ready" })
      : c.json({ status: "without broker" }, 503);
  });
  return app;
}
