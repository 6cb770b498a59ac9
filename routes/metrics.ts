/** `/metrics`: the metrics of this process in the text format of Prometheus, for those that have the key. */

import { type Context, Hono } from "hono";
import { createKeyCheck } from "../lib/auth/api_key.ts";
import type { MetricsSource } from "../lib/metrics/metric.ts";
import { PROMETHEUS_TYPE } from "../lib/metrics/prometheus.ts";
import { gatherMetrics } from "../lib/node_calls/metrics.ts";
import { isFromThisMachine } from "./guard/loopback.ts";
import type { IsolateCount } from "./health.ts";
import { describeMetrics } from "./reference/openapi.ts";

/** Dependencies of the metrics. */
export interface MetricsRoutesDeps {
  /** Node that answers. */
  readonly source: MetricsSource;
  /** Names the nodes of this process, where the platform can; by default all nodes that the broker reaches are asked. */
  readonly isolates?: () => IsolateCount;
  /** The key; without one, only requests of this machine are answered. */
  readonly metricsKey?: string;
}

/** Makes the route of the metrics. */
export function metricsRoutes(
  { source, isolates, metricsKey }: MetricsRoutesDeps,
): Hono {
  const isKey = metricsKey === undefined
    ? undefined
    : createKeyCheck(metricsKey, "metricsKey");
  const app = new Hono();
  app.get("/metrics", describeMetrics(), async (c) => {
    const offered = offeredKey(c);
    if (isKey === undefined && !isFromThisMachine(c)) {
      return c.text(
        "The metrics are for this machine only; set METRICS_KEY, or the option metricsKey, to use them from elsewhere.\n",
        403,
      );
    }
    if (isKey !== undefined && (!offered || !isKey(offered))) {
      source.hub.log.info("metrics_key_refused", {
        offered: offered !== undefined,
      });
      c.header("WWW-Authenticate", "Bearer");
      return c.text("The metrics expect their key.\n", 401);
    }
    const text = await gatherMetrics(source, isolates?.().nodes);
    return c.body(text, 200, {
      "Content-Type": PROMETHEUS_TYPE,
      "Cache-Control": "no-store",
    });
  });
  return app;
}

function offeredKey({ req }: Context): string | undefined {
  const authorization = req.header("authorization") ?? "";
  return /^Bearer +(.+)$/i.exec(authorization)?.[1];
}
