/** Table of the nodes, each with its load. */

import type { MetricsAnswer } from "./answers.ts";
import { type Format, LOOP_LAG, RECEIVED, SENT } from "./figures.ts";
import {
  bytes,
  compact,
  count,
  duration,
  milliseconds,
  shortId,
} from "./format.ts";
import type { Figure } from "./load_series.ts";

function valueOf(
  metrics: MetricsAnswer["nodes"][number]["metrics"],
  name: string,
): number {
  return metrics.filter((each) => each.name === name)
    .reduce((sum, { value = 0 }) => sum + value, 0);
}

/** A node, as `info` describes it. */
interface NodeInfo {
  readonly uid: string;
  readonly version: string;
  readonly uptime: number;
  readonly num_clients: number;
  readonly num_users: number;
  readonly num_channels: number;
  readonly num_subs: number;
}

/** Reads a figure of one node. */
type LoadOf = (node: string, figure: Figure) => number | undefined;

function NodeRow({ node, metrics, loadOf }: {
  readonly node: NodeInfo;
  readonly metrics: MetricsAnswer["nodes"][number]["metrics"];
  readonly loadOf: LoadOf;
}) {
  const load = (figure: Figure, format: Format) => {
    const value = loadOf(node.uid, figure);
    return value === undefined ? "–" : format(value);
  };
  const state = metrics.find(({ name }) => name === "thrum_broker_state")
    ?.labels.state;
  const gaps = valueOf(metrics, "thrum_relay_gaps_total") +
    valueOf(metrics, "thrum_position_gaps_total");
  return (
    <tr>
      <th scope="row" title={node.uid}>
        <code>{shortId(node.uid)}</code> {node.version}
      </th>
      <td>{duration(node.uptime)}</td>
      <td>{count(node.num_clients)}</td>
      <td>{count(node.num_users)}</td>
      <td>{count(node.num_channels)}</td>
      <td>{count(node.num_subs)}</td>
      <td>{load(RECEIVED, compact)}</td>
      <td>{load(SENT, compact)}</td>
      <td>{load(LOOP_LAG, milliseconds)}</td>
      <td>{bytes(valueOf(metrics, "thrum_heap_used_bytes"))}</td>
      <td>{state}</td>
      <td>{count(gaps)}</td>
      <td>{count(valueOf(metrics, "thrum_relay_repairs_total"))}</td>
    </tr>
  );
}

/** All nodes. */
export function Nodes({ nodes, metrics, loadOf, answeredWithinMs }: {
  readonly nodes: readonly NodeInfo[];
  readonly metrics: MetricsAnswer;
  readonly loadOf: LoadOf;
  readonly answeredWithinMs: number;
}) {
  return (
    <section class="wide">
      <h3>Nodes</h3>
      <div class="scroll-x" tabindex={0}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Up</th>
              <th scope="col">Clients</th>
              <th scope="col">Users</th>
              <th scope="col">Channels</th>
              <th scope="col">Subscriptions</th>
              <th scope="col">In / s</th>
              <th scope="col">Out / s</th>
              <th scope="col">Loop lag</th>
              <th scope="col">Heap</th>
              <th scope="col">Broker</th>
              <th scope="col">Gaps</th>
              <th scope="col">Repairs</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <NodeRow
                key={node.uid}
                node={node}
                metrics={metrics.nodes.find((each) => each.node === node.uid)
                  ?.metrics ?? []}
                loadOf={loadOf}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">
        All nodes have answered within {answeredWithinMs} ms.
      </p>
    </section>
  );
}
