/** The overview: all nodes in numbers, each with its last hour. */

import { useRef } from "hono/jsx/dom";
import {
  infoAnswer,
  loadAnswer,
  type MetricsAnswer,
  metricsAnswer,
} from "./answers.ts";
import { callApi } from "./api.ts";
import { FIGURES } from "./figures.ts";
import { count } from "./format.ts";
import { LoadSeries } from "./load_series.ts";
import { Nodes } from "./nodes.tsx";
import { Problem, Title } from "./parts.tsx";
import { Sparkline } from "./sparkline.tsx";
import { useLive } from "./use_live.ts";

const PERIOD_MS = 2_000;

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
            loadOf={(node, figure) => series.current?.nowOf(node, figure)}
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
