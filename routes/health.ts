/** `/healthz` and `/readyz`: whether this node lives, and whether it takes connections. */

import { Hono } from "hono";
import type { Hub } from "../lib/hub/hub.ts";
import { describeHealth } from "./reference/openapi.ts";

const LIVES = describeHealth({
  id: "healthz",
  summary: "Whether this node lives, and how many connections it has",
});
const TAKES = describeHealth({
  id: "readyz",
  summary: "Whether this node takes connections",
  negative: "no: it drains, or its broker is away",
});

/** Makes the routes for health checks. */
export function healthRoutes({ hub }: { readonly hub: Hub }): Hono {
  const app = new Hono();
  app.get("/healthz", LIVES, (c) => {
    return c.json({
      status: "ok",
      connections: hub.size,
      // Closed by us, but still held open by the other side.
      closing: Math.max(hub.admission.count - hub.size, 0),
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
