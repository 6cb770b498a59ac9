/** The dashboard of Grafana: each query is about metrics and labels that exist. */

import { assert, assertEquals } from "@std/assert";
import { METRICS } from "../../../lib/metrics/table.ts";

const FILE = new URL(
  "../../../examples/operations/grafana.json",
  import.meta.url,
);

/** Labels that a scraper adds, besides those of every node. */
const ADDED = ["job", "instance", "node", "le"];

/** Every query of a dashboard: of its panels, and of its variables. */
function queriesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(queriesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    typeof member === "string" &&
      (key === "expr" || key === "definition" ||
        key === "query" && member !== "prometheus")
      ? [member]
      : queriesIn(member)
  );
}

/** Names that a scraper finds: a histogram has three for one metric. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  METRICS.flatMap(({ name, type, labels }) =>
    (type === "histogram" ? ["_bucket", "_sum", "_count"] : [""])
      .map((part) => [`${name}${part}`, labels] as const)
  ),
);

/** What is wrong with a query. */
function problemsOf(query: string): string[] {
  const used = [...query.matchAll(/\b(?:thrum|process)_\w+/g)].map(([n]) => n);
  if (used.length === 0) return [`no metric in ${query}`];
  const unknown = used.filter((name) => !NAMES.has(name));
  const labels = new Set(used.flatMap((name) => NAMES.get(name) ?? []));
  const named = [
    ...[...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = ""]) =>
      list.split(", ")
    ),
    ...[...query.matchAll(/(\w+)=~?"/g)].map(([, label = ""]) => label),
    ...[...query.matchAll(/label_values\(.*, (\w+)\)/g)].map(([, label = ""]) =>
      label
    ),
  ];
  const strange = named.filter((label) =>
    !labels.has(label) && !ADDED.includes(label)
  );
  return [...unknown, ...strange].map((name) => `${name} in ${query}`);
}

Deno.test("Every query of the dashboard names metrics and labels that exist", async () => {
  const queries = queriesIn(JSON.parse(await Deno.readTextFile(FILE)));
  assert(queries.length > 40, `${queries.length} queries`);
  assertEquals(queries.flatMap(problemsOf), []);
});

Deno.test("Every metric is in the dashboard", async () => {
  const text = await Deno.readTextFile(FILE);
  const missing = METRICS.filter(({ name }) => !text.includes(name));
  assertEquals(missing.map(({ name }) => name), []);
});

for (
  const query of [
    "sum(thrum_conections)",
    "sum by (colour) (thrum_connections)",
    'thrum_connections{colour="red"}',
    "thrum_publish_duration_seconds",
    "label_values(thrum_connections, colour)",
    "up",
  ]
) {
  Deno.test(`The query ${query} is seen to be wrong`, () => {
    assertEquals(problemsOf(query).length, 1);
  });
}
