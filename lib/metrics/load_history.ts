/** Load of a node over the last hour: samples of some of its metrics in fixed memory, for an operator who looks later. */

import type { Metric, MetricsSource, NodeState } from "./metric.ts";
import { METRICS } from "./table.ts";

/** Time between two samples, in milliseconds. */
const PERIOD_MS = 10_000;
/** Samples of an hour. */
const MAX_SAMPLES = 360;

/** Metrics of a sample: none of those for which all channels are counted. */
const SAMPLED: readonly Metric[] = [
  "thrum_connections",
  "thrum_messages_received_total",
  "thrum_messages_sent_total",
  "thrum_received_bytes_total",
  "thrum_sent_bytes_total",
  "thrum_frames_sent_total",
  "thrum_joined_frames_sent_total",
  "thrum_publications_total",
  "thrum_publish_duration_seconds",
  "thrum_evictions_total",
  "thrum_slow_consumers_total",
  "thrum_backlog_bytes",
  "thrum_relay_gaps_total",
  "thrum_position_gaps_total",
  "thrum_event_loop_lag_seconds",
  "process_resident_memory_bytes",
  "process_cpu_seconds_total",
].map(metricOf);

function metricOf(name: string): Metric {
  const metric = METRICS.find((metric) => metric.name === name);
  if (metric !== undefined) return metric;
  throw new TypeError(`Cannot sample "${name}": expected a name of the table`);
}

/** Counts that a walk over all channels would take; no sampled metric reads them. */
const UNCOUNTED = { users: 0, channels: 0, subscriptions: 0 };

/** Names of the columns of a sample: the time, then the metrics without their labels; of a histogram `_sum` and `_count`. */
export const LOAD_COLUMNS: readonly string[] = [
  "time",
  ...SAMPLED.flatMap(({ name, type }) =>
    type === "histogram" ? [`${name}_sum`, `${name}_count`] : [name]
  ),
];

/** Keeps the samples of a node. */
export class LoadHistory {
  readonly #source: MetricsSource;
  readonly #samples: (readonly number[])[] = [];
  #stop: (() => void) | undefined;

  /** Reads the metrics of `source`. */
  constructor(source: MetricsSource) {
    this.#source = source;
  }

  /** Begins to sample; {@linkcode stop} ends it. */
  start(): void {
    const { clock } = this.#source.hub;
    this.#stop ??= clock.every(PERIOD_MS, () => this.#sample());
  }

  /** Ends the sampling. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Samples after a time, in milliseconds since 1970, and one of now, which is not kept. */
  since(time: number): readonly (readonly number[])[] {
    const kept = this.#samples.filter(([at = 0]) => at > time);
    return [...kept, this.#read()];
  }

  #sample(): void {
    this.#samples.push(this.#read());
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
  }

  #read(): readonly number[] {
    const { hub, memoryUse, cpuUse } = this.#source;
    const state: NodeState = {
      hub,
      held: UNCOUNTED,
      memory: memoryUse?.(),
      cpu: cpuUse?.(),
    };
    return [
      Math.round(hub.clock.wallTime),
      ...SAMPLED.flatMap((metric) => valuesOf(metric, state)),
    ];
  }
}

function valuesOf(metric: Metric, state: NodeState): readonly number[] {
  if (metric.type === "histogram") {
    const { counts, sum } = metric.find(state.hub);
    return [sum, counts.reduce((total, count) => total + count, 0)];
  }
  return [metric.read(state).reduce((total, [, value]) => total + value, 0)];
}
