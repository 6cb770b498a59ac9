/** The overview: all nodes in numbers, each with its last hour. */

import { useRef } from "hono/jsx/dom";
import {
  infoAnswer,
  loadAnswer,
  type MetricsAnswer,
  metricsAnswer,
} from "./answers.ts";
import { callApi } from "./api.ts";
import {
  bytes,
  compact,
  count,
  duration,
  milliseconds,
  percent,
  shortId,
} from "./format.ts";
import { type Figure, LoadSeries } from "./load_series.ts";
import { Problem, Title } from "./parts.tsx";
import { Sparkline } from "./sparkline.tsx";
import { useLive } from "./use_live.ts";

const PERIOD_MS = 2_000;

type Format = (value: number) => string;

/** Figures in their order: label, source, and form. */
const FIGURES: readonly (readonly [string, Figure, Format])[] = [
  ["Connections", gauge("thrum_connections"), count],
  ["Messages in / s", rate("thrum_messages_received_total"), compact],
  ["Messages out / s", rate("thrum_messages_sent_total"), compact],
  ["Publications / s", rate("thrum_publications_total"), compact],
  ["Bytes in / s", rate("thrum_received_bytes_total"), bytes],
  ["Bytes out / s", rate("thrum_sent_bytes_total"), bytes],
  [
    "Publish latency",
    ratio(
      "thrum_publish_duration_seconds_sum",
      "thrum_publish_duration_seconds_count",
    ),
    milliseconds,
  ],
  [
    "Joined frames",
    ratio("thrum_joined_frames_sent_total", "thrum_frames_sent_total"),
    percent,
  ],
  [
    "Event loop lag",
    ratio(
      "thrum_event_loop_lag_seconds_sum",
      "thrum_event_loop_lag_seconds_count",
    ),
    milliseconds,
  ],
  ["CPU of the process", {
    type: "processRate",
    column: "process_cpu_seconds_total",
  }, percent],
  ["Memory of the process", {
    type: "processGauge",
    column: "process_resident_memory_bytes",
  }, bytes],
  ["Evictions / s", rate("thrum_evictions_total"), compact],
  ["Slow consumers / s", rate("thrum_slow_consumers_total"), compact],
  ["Waiting for slow clients", gauge("thrum_backlog_bytes"), bytes],
];

function gauge(column: string): Figure {
  return { type: "gauge", column };
}

function rate(column: string): Figure {
  return { type: "rate", column };
}

function ratio(column: string, of: string): Figure {
  return { type: "ratio", column, of };
}

/** All of it, live. */
export function Overview() {
  const series = useRef(new LoadSeries());
  const { value, problem } = useLive("overview", async () => {
    const { current } = series;
    const since = current?.since ?? 0;
    const [load, metrics, info] = await Promise.all([
      callApi("load", { since }, loadAnswer),
      callApi("node_metrics", {}, metricsAnswer),
      callApi("info", {}, infoAnswer),
    ]);
    current?.add(load);
    return { metrics, info, answeredWithinMs: load.answered_within_ms };
  }, PERIOD_MS);
  return (
    <>
      <Title>Overview</Title>
      <Problem>{problem}</Problem>
      <div class="sparklines">
        {FIGURES.map(([label, figure, format]) => (
          <Sparkline
            key={label}
            label={label}
            series={series.current?.read(figure) ?? NOTHING}
            format={format}
          />
        ))}
      </div>
      {value && (
        <div class="columns">
          <Nodes
            nodes={value.info.nodes}
            metrics={value.metrics}
            answeredWithinMs={value.answeredWithinMs}
          />
          <Transports metrics={value.metrics} />
          <Ends metrics={value.metrics} />
        </div>
      )}
    </>
  );
}

const NOTHING = { times: [], values: [], now: 0 };

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

function NodeRow({ node, metrics }: {
  readonly node: NodeInfo;
  readonly metrics: MetricsAnswer["nodes"][number]["metrics"];
}) {
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
      <td>{bytes(valueOf(metrics, "thrum_heap_used_bytes"))}</td>
      <td>{state}</td>
      <td>{count(gaps)}</td>
      <td>{count(valueOf(metrics, "thrum_relay_repairs_total"))}</td>
    </tr>
  );
}

function Nodes({ nodes, metrics, answeredWithinMs }: {
  readonly nodes: readonly NodeInfo[];
  readonly metrics: MetricsAnswer;
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

/** Sums of a metric over all nodes, by its labels. */
function sums(
  { nodes }: MetricsAnswer,
  name: string,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const each of nodes.flatMap(({ metrics }) => metrics)) {
    if (each.name !== name || each.value === undefined) continue;
    const key = Object.values(each.labels).join(" over ");
    found.set(key, (found.get(key) ?? 0) + each.value);
  }
  return found;
}

function Transports({ metrics }: { readonly metrics: MetricsAnswer }) {
  const open = sums(metrics, "thrum_connections");
  const opened = sums(metrics, "thrum_connections_opened_total");
  return (
    <section>
      <h3>Connections by protocol and transport</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Open</th>
            <th scope="col">Ever</th>
          </tr>
        </thead>
        <tbody>
          {[...open].filter(([kind]) => opened.get(kind)).map((
            [kind, number],
          ) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td>{count(number)}</td>
              <td>{count(opened.get(kind) ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Ends({ metrics }: { readonly metrics: MetricsAnswer }) {
  const rows = [
    ...[...sums(metrics, "thrum_evictions_total")]
      .map(([code, number]) => [`closed with ${code}`, number] as const),
    ...[...sums(metrics, "thrum_refusals_total")]
      .map(([limit, number]) => [`limit ${limit}`, number] as const),
  ].filter(([, number]) => number > 0);
  return (
    <section>
      <h3>Evictions and refusals</h3>
      {rows.length === 0 ? <p class="note">None so far.</p> : (
        <table>
          <thead>
            <tr>
              <th scope="col">Reason</th>
              <th scope="col">Number</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([reason, number]) => (
              <tr key={reason}>
                <th scope="row">{reason}</th>
                <td>{count(number)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
