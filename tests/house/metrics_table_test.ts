/** The table of metrics in the documentation, compared with the table in the code; and the conventions for names. */

import { assertEquals, assertMatch } from "@std/assert";
import type { Metric } from "../../lib/metrics/metric.ts";
import { DEFAULT_LIMITS } from "../../lib/limits/hub_limits.ts";
import { readSnapshot } from "../../lib/metrics/snapshot.ts";
import { METRICS } from "../../lib/metrics/table.ts";
import { Scene } from "../support/scene.ts";
import { ROOT } from "../support/source_files.ts";

/** Cells of each row of the table whose first column is `metric`. */
function readTable(markdown: string): string[][] {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => /^\| metric /.test(line));
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith("|")))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

function toRow({ name, type, labels, help }: Metric): string[] {
  const list = labels.map((label) => `\`${label}\``).join(", ");
  return [`\`${name}\``, type, list, help];
}

/** What the conventions of Prometheus want a name to end with. */
function endingOf({ type, unit }: Metric): string {
  return [unit, type === "counter" ? "total" : undefined]
    .flatMap((part) => part === undefined ? [] : [`_${part}`]).join("");
}

Deno.test("the documentation has the table of the metrics", async () => {
  const page = await Deno.readTextFile(new URL("docs/metrics.md", ROOT));
  assertEquals(readTable(page), METRICS.map(toRow));
});

Deno.test("every refusal is counted under an option's name or as an error, and the documentation lists them", async () => {
  const page = await Deno.readTextFile(new URL("docs/metrics.md", ROOT));
  const [, list = ""] = /`limit` is ([^]*?)\n\[/.exec(page) ?? [];
  const { metrics } = readSnapshot(new Scene().core);
  const [, samples = []] = metrics
    .find(([name]) => name === "thrum_refusals_total") ?? [];
  const limits = samples.flatMap(([labels]) => labels);
  const documented = [...list.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name);
  assertEquals(documented, limits);
  const options = Object.keys(DEFAULT_LIMITS)
    .map((name) => name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`));
  assertEquals(limits.filter((name) => !options.includes(name)), ["errors"]);
});

Deno.test("the name of a metric ends with its unit, and that of a counter with _total", () => {
  for (const metric of METRICS) {
    const { name } = metric;
    assertMatch(name, /^(?:thrum|process)_[a-z]+(?:_[a-z]+)*$/);
    assertEquals(name.endsWith(endingOf(metric)), true, name);
    const isOther = metric.unit === undefined &&
      /_(?:seconds|bytes)/.test(name);
    assertEquals(isOther, false, name);
  }
  const names = METRICS.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
});
