/** `/healthz` and `/readyz`: whether this node lives, and whether it takes connections. */

import { Hono } from "hono";
import type { Hub } from "../lib/hub.ts";

/** Makes the routes for health checks. */
export function healthRoutes({ hub }: { readonly hub: Hub }): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => {
    return c.json({
      status: "ok",
      connections: hub.size,
      // Closed by us, but still held open by the other side.
      closing: Math.max(hub.admission.count - hub.size, 0),
    });
  });
  app.get("/readyz", (c) => {
    return hub.draining
      ? c.json({ status: "draining" }, 503)
      : c.json({ status: "ready" });
  });
  return app;
}
