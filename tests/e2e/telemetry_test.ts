/** OpenTelemetry: the server's metrics arrive at a collector, which is a few lines here. */

import { assert, assertEquals } from "@std/assert";
import * as v from "valibot";
import { METRICS } from "../../lib/metrics/table.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";

const point = v.object({
  attributes: v.array(v.object({
    key: v.string(),
    value: v.object({ stringValue: v.string() }),
  })),
  asDouble: v.optional(v.number()),
  asInt: v.optional(v.union([v.string(), v.number()])),
});
const points = v.object({ dataPoints: v.array(point) });

/** The part of an export (OTLP in JSON) that this test is about. */
const schema = v.object({
  resourceMetrics: v.array(v.object({
    scopeMetrics: v.array(v.object({
      scope: v.object({ name: v.string(), version: v.string() }),
      metrics: v.array(v.object({
        name: v.string(),
        unit: v.string(),
        sum: v.optional(
          v.object({ ...points.entries, isMonotonic: v.boolean() }),
        ),
        gauge: v.optional(points),
      })),
    })),
  })),
});

/** A metric as it arrived last. */
interface Arrived {
  readonly kind: "counter" | "gauge" | "other";
  readonly unit: string;
  /** Values by the values of the labels, without the node. */
  readonly values: ReadonlyMap<string, number>;
  readonly nodes: ReadonlySet<string>;
}

/** A collector of OTLP over HTTP; disposing of it ends it. */
class Collector implements AsyncDisposable {
  readonly arrived = new Map<string, Arrived>();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const body: unknown = await request.json();
      if (new URL(request.url).pathname === "/v1/metrics") this.#take(body);
      return Response.json({});
    },
  );

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  #take(body: unknown): void {
    const { success, output } = v.safeParse(schema, body);
    // Deno's own metrics have other forms, and come apart.
    if (!success) return;
    for (const { scopeMetrics } of output.resourceMetrics) {
      for (const { scope, metrics } of scopeMetrics) {
        if (scope.name !== "thrum") continue;
        for (const metric of metrics) this.#takeMetric(metric);
      }
    }
  }

  #takeMetric(
    { name, unit, sum, gauge }: v.InferOutput<
      typeof schema
    >["resourceMetrics"][0]["scopeMetrics"][0]["metrics"][0],
  ): void {
    const kind = gauge !== undefined
      ? "gauge"
      : sum?.isMonotonic
      ? "counter"
      : "other";
    const nodes = new Set<string>();
    const values = new Map<string, number>();
    for (const each of (sum ?? gauge)?.dataPoints ?? []) {
      const labels = each.attributes.filter(({ key, value }) => {
        if (key === "node") nodes.add(value.stringValue);
        return key !== "node";
      });
      const key = labels.map(({ value }) => value.stringValue).sort().join(" ");
      const value = Number(each.asDouble ?? each.asInt);
      values.set(key, (values.get(key) ?? 0) + value);
    }
    this.arrived.set(name, { kind, unit, values, nodes });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function otel(collector: Collector): Record<string, string> {
  return {
    INSECURE_ANONYMOUS_ALL: "true",
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_METRIC_EXPORT_INTERVAL: "300",
  };
}

Deno.test("With OTEL_DENO=true, every metric arrives at the collector as the instrument that it is", async () => {
  await using collector = new Collector();
  await using server = await TestServer.start({ env: otel(collector) });
  await using alice = await TextClient.open(`${server.wsUrl}/ws`);
  alice.send("+#room");
  alice.send("#room:hello");
  assertEquals(await alice.next(), "+#room");
  assertEquals(await alice.next(), "#room:hello");
  const { arrived } = collector;
  const valueOf = (name: string, labels = "") =>
    arrived.get(name)?.values.get(labels);
  await eventually(
    () =>
      valueOf("thrum_messages_received_total", "chat websocket") === 2 &&
      valueOf("thrum_publish_duration_seconds_count") === 1,
    { awaited: "the metrics", timeoutMs: 15_000 },
  );
  assertEquals(valueOf("thrum_connections", "chat websocket"), 1);
  assertEquals(valueOf("thrum_subscriptions"), 1);
  assertEquals(valueOf("thrum_publish_duration_seconds_bucket", "+Inf"), 1);
  assert((valueOf("process_resident_memory_bytes") ?? 0) > 0);
  const units = { seconds: "s", bytes: "By" };
  for (const { name, type, unit } of METRICS) {
    const isHistogram = type === "histogram";
    const found = arrived.get(isHistogram ? `${name}_sum` : name);
    assertEquals(found?.kind, isHistogram ? "counter" : type, name);
    assertEquals(found?.unit, unit === undefined ? "1" : units[unit], name);
    assertEquals(found?.nodes.size, 1, name);
  }
});

Deno.test("Each isolate exports its own metrics", async () => {
  await using collector = new Collector();
  await using _server = await TestServer.start({
    env: otel(collector),
    isolates: 2,
  });
  const nodes = new Set<string>();
  await eventually(() => {
    const { arrived } = collector;
    for (const node of arrived.get("thrum_users")?.nodes ?? []) nodes.add(node);
    return nodes.size === 2;
  }, { awaited: "the metrics of both isolates", timeoutMs: 15_000 });
});
