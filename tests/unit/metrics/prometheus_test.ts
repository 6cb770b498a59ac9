import { assert, assertEquals, assertThrows } from "@std/assert";
import { DURATION_BOUNDS } from "../../../lib/base/histogram.ts";
import { bucketsOf, writePrometheus } from "../../../lib/metrics/prometheus.ts";
import { readSnapshot, type Snapshot } from "../../../lib/metrics/snapshot.ts";
import { METRICS } from "../../../lib/metrics/table.ts";
import { parsePrometheus, valueOf } from "../../support/prometheus.ts";
import { Scene } from "../../support/scene.ts";

Deno.test("A strict parser takes every metric of the table, with help, type and node", () => {
  const scene = new Scene({
    memoryUse: () => ({ rss: 4, heapUsed: 1, heapTotal: 2, external: 3 }),
    cpuUse: () => ({ user: 1_000_000, system: 500_000 }),
  });
  const families = parsePrometheus(writePrometheus([readSnapshot(scene.core)]));
  assertEquals([...families.keys()], METRICS.map(({ name }) => name));
  for (const { name, type, help, labels } of METRICS) {
    const family = families.get(name);
    assertEquals([family?.type, family?.help], [type, help]);
    assert(family !== undefined && family.samples.length > 0, name);
    const expected = new Set([...labels, "node"]);
    if (type === "histogram") expected.add("le");
    for (const sample of family.samples) {
      const isPart = /_(?:sum|count)$/.test(sample.name);
      const own = new Set(Object.keys(sample.labels));
      if (isPart) expected.delete("le");
      assertEquals(own, expected, sample.name);
    }
  }
  assertEquals(valueOf(families, "process_resident_memory_bytes"), 4);
});

Deno.test("A client that is ended for a flood, or after refusals, is one refusal more", () => {
  const cases = {
    flood_rate: { floodRate: 100, floodBurstMs: 1_000 },
    refusal_rate: { messageRate: 1, refusalRate: 1, rateBurstMs: 1_000 },
  };
  for (const [limit, limits] of Object.entries(cases)) {
    const scene = new Scene({ limits });
    const { connection, transport } = scene.connect("alice");
    for (let index = 0; !connection.closed && index < 2_000; index++) {
      connection.receive("ping");
    }
    assertEquals(transport.closed?.code, 3013);
    const snapshot = readSnapshot(scene.core);
    const families = parsePrometheus(writePrometheus([snapshot]));
    const name = "thrum_refusals_total";
    assertEquals(valueOf(families, name, { limit }), 1);
    const { messages } = scene.hub.counters.refusals;
    assertEquals(valueOf(families, name), messages + 1);
  }
});

Deno.test("A node whose memory is unknown has no sample of it", () => {
  const scene = new Scene();
  const families = parsePrometheus(writePrometheus([readSnapshot(scene.core)]));
  assertEquals(families.get("thrum_heap_used_bytes")?.samples, []);
});

Deno.test("Each node's samples stand in the one family of their metric", () => {
  const nodes = [new Scene(), new Scene()];
  for (const { hub } of nodes) hub.counters.positionGaps = 2;
  const snapshots = nodes.map(({ core }, index): Snapshot => ({
    ...readSnapshot(core),
    node: `node ${index}`,
  }));
  const families = parsePrometheus(writePrometheus(snapshots));
  const name = "thrum_position_gaps_total";
  assertEquals(valueOf(families, name, { node: "node 0" }), 2);
  assertEquals(valueOf(families, name), 4);
});

Deno.test("Quotes, backslashes and line ends in the value of a label come through", () => {
  const state = '"a"\\b\nc';
  const snapshot: Snapshot = {
    node: "one",
    metrics: [["thrum_broker_state", [[[state], 1]]]],
  };
  const families = parsePrometheus(writePrometheus([snapshot]));
  assertEquals(valueOf(families, "thrum_broker_state", { state }), 1);
});

Deno.test("A metric of another version is left out", () => {
  const snapshot: Snapshot = {
    node: "one",
    metrics: [["thrum_of_tomorrow_total", [[[], 1]]]],
  };
  assert(!writePrometheus([snapshot]).includes("tomorrow"));
});

Deno.test("Buckets are cumulative, up to +Inf", () => {
  const counts = DURATION_BOUNDS.map((_, index) => index === 1 ? 2 : 0);
  const buckets = bucketsOf({ counts: [...counts, 3], sum: 9 });
  assertEquals(buckets[0], { le: "0.00001", count: 0 });
  assertEquals(buckets[1], { le: "0.000025", count: 2 });
  assertEquals(buckets.at(-2), { le: "5", count: 2 });
  assertEquals(buckets.at(-1), { le: "+Inf", count: 5 });
});

Deno.test("The strict parser takes a histogram that is whole", () => {
  const text =
    '# HELP h b\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n';
  assertEquals(valueOf(parsePrometheus(text), "h_bucket", { le: "1" }), 1);
});

const HEAD = "# HELP a_total b\n# TYPE a_total counter\n";
for (
  const [fault, text] of [
    ["a missing line end", `${HEAD}a_total 1`],
    ["a sample without a family", "a_total 1\n"],
    ["a family without a type", "# HELP a_total b\na_total 1\n"],
    ["a counter without _total", "# HELP a b\n# TYPE a counter\na 1\n"],
    ["a sample twice", `${HEAD}a_total{x="1"} 1\na_total{x="1"} 2\n`],
    ["a sample of another family", `${HEAD}b_total 1\n`],
    ["a label without quotes", `${HEAD}a_total{x=1} 1\n`],
    ["a quotation mark in a label", `${HEAD}a_total{x="""} 1\n`],
    ["a value that is no number", `${HEAD}a_total one\n`],
    ["an empty line", `${HEAD}\na_total 1\n`],
    [
      "a histogram that shrinks",
      '# HELP h b\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    ],
    [
      "a histogram without +Inf",
      '# HELP h b\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
    ],
  ] as const
) {
  Deno.test(`The strict parser refuses ${fault}`, () => {
    assertThrows(() => parsePrometheus(text), Error);
  });
}
