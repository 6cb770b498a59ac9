/** Figures of the overview: where each comes from, and how it is written. */

import { bytes, compact, count, milliseconds, percent } from "./format.ts";
import type { Figure } from "./load_series.ts";

/** Messages that clients have sent, in a second. */
export const RECEIVED = rate("thrum_messages_received_total");
/** Messages that clients were sent, in a second. */
export const SENT = rate("thrum_messages_sent_total");
/** Delay of the event loop, in seconds. */
export const LOOP_LAG = ratio(
  "thrum_event_loop_lag_seconds_sum",
  "thrum_event_loop_lag_seconds_count",
);

/** Form of a value. */
export type Format = (value: number) => string;

/** Figures in their order: label, source, and form. */
export const FIGURES: readonly (readonly [string, Figure, Format])[] = [
  ["Connections", gauge("thrum_connections"), count],
  ["Messages in / s", RECEIVED, compact],
  ["Messages out / s", SENT, compact],
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
  ["Event loop lag", LOOP_LAG, milliseconds],
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
