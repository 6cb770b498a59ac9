/** Metrics of several nodes, gathered at the one that is scraped. */

import { parseJson } from "../base/json.ts";
import type { MetricsSource } from "../metrics/metric.ts";
import { writePrometheus } from "../metrics/prometheus.ts";
import { readSnapshot, type Snapshot } from "../metrics/snapshot.ts";
import { type NodeCall, snapshotSchema } from "./node_call.ts";

const CALL: NodeCall = { type: "metrics" };

/** Gathers the metrics of nodes as {@linkcode gatherSnapshots} does, in the text format of Prometheus. */
export async function gatherMetrics(
  source: MetricsSource,
  nodes?: readonly string[],
): Promise<string> {
  return writePrometheus(await gatherSnapshots(source, nodes));
}

/**
 * Reads the metrics of `nodes`, by default of all that the broker reaches; this node
 * is always among them. One that does not answer, or whose answer is of another
 * version, is left out: metrics are needed most while the broker is away.
 */
export async function gatherSnapshots(
  source: MetricsSource,
  nodes?: readonly string[],
): Promise<readonly Snapshot[]> {
  const { broker, log } = source.hub;
  const own = readSnapshot(source);
  const others = nodes?.filter((node) => node !== own.node) ?? [undefined];
  const answers = await Promise.all(others.map(async (node) => {
    try {
      return await broker.call(node, CALL);
    } catch (error) {
      log.debug("metrics_failed", { node, error });
      return [];
    }
  }));
  const snapshots = answers.flat().flatMap((answer): readonly Snapshot[] => {
    const parsed = parseJson(snapshotSchema, answer);
    return parsed.ok && parsed.value.node !== own.node ? [parsed.value] : [];
  });
  return [own, ...snapshots].sort((a, b) => a.node < b.node ? -1 : 1);
}
