/** Metric: a name with its meaning, and the function that reads its samples from a hub. */

import type { Histogram } from "../base/histogram.ts";
import type { CpuUse } from "../base/cpu_use.ts";
import type { MemoryUse } from "../base/memory_use.ts";
import type { Hub } from "../hub/hub.ts";
import type { SubscriptionCount } from "../hub/counters.ts";

/** Parts of a node that metrics are read from. */
export interface MetricsSource {
  /** The node's hub. */
  readonly hub: Hub;
  /** Reads the memory of the isolate, where the platform can. */
  readonly memoryUse?: () => MemoryUse;
  /** Reads the CPU time of the process, where the platform can. */
  readonly cpuUse?: () => CpuUse;
}

/** State of a node at one moment: what several metrics are read from is counted once. */
export interface NodeState {
  /** The node's hub. */
  readonly hub: Hub;
  /** Numbers of what it holds. */
  readonly held: SubscriptionCount;
  /** Memory of the isolate; `undefined` if it is unknown. */
  readonly memory: MemoryUse | undefined;
  /** CPU time of the process; `undefined` if it is unknown. */
  readonly cpu: CpuUse | undefined;
}

/** Durations by bucket, each bucket alone, and their sum in seconds. */
export interface HistogramValue {
  /** One number for each of `DURATION_BOUNDS`, and one for what is above all of them. */
  readonly counts: readonly number[];
  /** Sum in seconds. */
  readonly sum: number;
}

/** Values of the labels of a metric, in their order, and its value with them. */
export type Sample<Value = number | HistogramValue> = readonly [
  labels: readonly string[],
  value: Value,
];

/** Properties of every metric. */
interface Described {
  /** Name by the conventions of Prometheus: the unit comes last, then `_total` for a counter. */
  readonly name: string;
  /** Sentence for operators. */
  readonly help: string;
  /** Names of the labels, besides `node`. */
  readonly labels: readonly string[];
}

/** Number that only grows (`counter`), or that goes up and down (`gauge`). */
export interface NumberMetric extends Described {
  readonly type: "counter" | "gauge";
  /** Unit of the value; a count has none. */
  readonly unit?: "seconds" | "bytes";
  /** Reads the samples of a node; none if the node cannot know. */
  read(state: NodeState): readonly Sample<number>[];
}

/** Durations by bucket. */
export interface HistogramMetric extends Described {
  readonly type: "histogram";
  readonly unit: "seconds";
  /** Finds the histogram of a node. */
  find(hub: Hub): Histogram;
}

/** A metric. */
export type Metric = NumberMetric | HistogramMetric;
