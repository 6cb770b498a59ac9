/** Bridge from the metrics to OpenTelemetry: Deno exports them, but counts nothing about sockets by itself. */

import type { Attributes, Meter, Observable } from "@opentelemetry/api";
import { VERSION } from "../lib/base/version.ts";
import type { Metric } from "../lib/metrics/metric.ts";
import { bucketsOf } from "../lib/metrics/prometheus.ts";
import type { Snapshot } from "../lib/metrics/snapshot.ts";
import { METRICS } from "../lib/metrics/table.ts";

/** Units by the code of UCUM, as OpenTelemetry has them. */
const UNITS = { count: "1", seconds: "s", bytes: "By" } as const;

/** Takes a value of an instrument. */
type Observe = (name: string, value: number, attributes: Attributes) => void;

/**
 * Registers every metric as an observable instrument; `read` is called at each export.
 * No instrument observes a histogram, so it is exported as the counters
 * that Prometheus makes of it: `_bucket`, `_sum` and `_count`.
 */
export async function observeMetrics(read: () => Snapshot): Promise<void> {
  // A process without telemetry does not load it.
  const { metrics } = await import("@opentelemetry/api");
  const meter = metrics.getMeter("thrum", VERSION);
  const instruments = new Map(
    METRICS.flatMap((metric) => makeInstruments(meter, metric)),
  );
  meter.addBatchObservableCallback((result) => {
    observe(read(), (name, value, attributes) => {
      const instrument = instruments.get(name);
      if (instrument !== undefined) {
        result.observe(instrument, value, attributes);
      }
    });
  }, [...instruments.values()]);
}

function makeInstruments(
  meter: Meter,
  { name, help: description, type, unit }: Metric,
): readonly (readonly [string, Observable])[] {
  const options = { description, unit: UNITS[unit ?? "count"] };
  switch (type) {
    case "counter":
      return [[name, meter.createObservableCounter(name, options)]];
    case "gauge":
      return [[name, meter.createObservableGauge(name, options)]];
    case "histogram":
      return ["_bucket", "_sum", "_count"].map((suffix) => {
        const part = `${name}${suffix}`;
        const unit = suffix === "_sum" ? UNITS.seconds : UNITS.count;
        return [
          part,
          meter.createObservableCounter(part, { description, unit }),
        ];
      });
  }
}

function observe({ node, metrics }: Snapshot, onValue: Observe): void {
  const samplesOf = new Map(metrics);
  for (const { name, labels } of METRICS) {
    for (const [values, value] of samplesOf.get(name) ?? []) {
      const named = labels.map((label, index) => [label, values[index] ?? ""]);
      const attributes: Attributes = { ...Object.fromEntries(named), node };
      if (typeof value === "number") {
        onValue(name, value, attributes);
        continue;
      }
      const buckets = bucketsOf(value);
      for (const { le, count } of buckets) {
        onValue(`${name}_bucket`, count, { ...attributes, le });
      }
      onValue(`${name}_sum`, value.sum, attributes);
      onValue(`${name}_count`, buckets.at(-1)?.count ?? 0, attributes);
    }
  }
}
