/** Snapshot of a node's metrics: plain values, which travel to the node that is scraped. */

import type { HistogramValue, MetricsSource, Sample } from "./metric.ts";
import { METRICS } from "./table.ts";

/** Samples of one node, by name of the metric. */
export interface Snapshot {
  /** Id of the node. */
  readonly node: string;
  /** Samples of each metric. */
  readonly metrics: readonly (readonly [
    name: string,
    samples: readonly Sample[],
  ])[];
}

/** Reads every metric of a node. */
export function readSnapshot(
  { hub, memoryUse, cpuUse }: MetricsSource,
): Snapshot {
  const held = hub.subscriptions.count();
  const state = { hub, held, memory: memoryUse?.(), cpu: cpuUse?.() };
  return {
    node: hub.broker.node,
    metrics: METRICS.map((metric) => {
      if (metric.type !== "histogram") {
        return [metric.name, metric.read(state)];
      }
      const { counts, sum } = metric.find(hub);
      const value: HistogramValue = { counts: [...counts], sum };
      return [metric.name, [[[], value]]];
    }),
  };
}
