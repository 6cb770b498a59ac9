/** `/healthz` and `/readyz`: health checks of this node, for orchestrators and load balancers. */

import { Hono } from "hono";
import type { Hub } from "../lib/hub/hub.ts";
import { describeHealth } from "./reference/openapi.ts";

const LIVENESS = describeHealth({
  id: "healthz",
  summary:
    "Liveness of this node, with the number of its connections and the mode of its broker",
});
const READINESS = describeHealth({
  id: "readyz",
  summary: "Readiness of this node for connections",
  negative: "not ready: it drains, or its broker is not connected",
});

/** Isolates of a process. */
export interface IsolateCount {
  readonly alive: number;
  /** Isolates that have ended by an error. */
  readonly lost: number;
  /** Ids of the nodes of those that are alive. */
  readonly nodes: readonly string[];
}

/** Dependencies of the health checks. */
export interface HealthRoutesDeps {
  readonly hub: Hub;
  /** Counts the isolates of this process, where the platform can. */
  readonly isolates?: () => IsolateCount;
}

/** Makes the routes of the health checks. */
export function healthRoutes({ hub, isolates }: HealthRoutesDeps): Hono {
  const app = new Hono();
  app.get("/healthz", LIVENESS, (c) => {
    const count = isolates?.();
    return c.json({
      status: count === undefined || count.lost === 0 ? "ok" : "degraded",
      connections: hub.size,
      // Closed by the hub, but still held open by the client.
      closing: Math.max(hub.admission.count - hub.size, 0),
      broker: hub.broker.mode,
      isolates: count && { alive: count.alive, lost: count.lost },
    });
  });
  app.get("/readyz", READINESS, (c) => {
    if (hub.draining) return c.json({ status: "draining" }, 503);
    return hub.broker.ready
      ? c.json({ status: "ready" })
      : c.json({ status: "without broker" }, 503);
  });
  return app;
}
