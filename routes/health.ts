/** `/healthz` and `/readyz`: health checks of this node, for orchestrators and load balancers. */

import { Hono } from "hono";
import type { Hub } from "../lib/hub/hub.ts";
import { describeHealth } from "./reference/openapi.ts";

const LIVENESS = describeHealth({
  id: "healthz",
  summary: "Liveness of this node, with the number of its connections",
});
const READINESS = describeHealth({
  id: "readyz",
  summary: "Readiness of this node for connections",
  negative: "not ready: it drains, or its broker is not connected",
});

/** Makes the routes of the health checks. */
export function healthRoutes({ hub }: { readonly hub: Hub }): Hono {
  const app = new Hono();
  app.get("/healthz", LIVENESS, (c) => {
    return c.json({
      status: "ok",
      connections: hub.size,
      // Closed by the hub, but still held open by the client.
      closing: Math.max(hub.admission.count - hub.size, 0),
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
