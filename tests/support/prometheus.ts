/** A strict parser of the text format of Prometheus, version 0.0.4: what it takes, every scraper takes. */

/** One sample: the value of a name and its labels. */
export interface PrometheusSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric with its samples. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly PrometheusSample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const HELP = /^# HELP (\S+) (.+)$/;
const TYPE = /^# TYPE (\S+) (counter|gauge|histogram)$/;
const SAMPLE = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const VALUE = /^(?:[+-]?Inf|NaN|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const PARTS = ["_bucket", "_sum", "_count"];

/** Parses all of a text, which must be as the format and the conventions for names say; throws with the line otherwise. */
export function parsePrometheus(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  const lines = text.slice(0, -1).split("\n");
  while (lines.length > 0) {
    const family = takeFamily(lines);
    if (families.has(family.name)) throw wrong("a second family", family.name);
    families.set(family.name, family);
    check(family);
  }
  return families;
}

/** The value of the only sample with these labels, which may have others besides. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const family = families.get(name) ??
    families.get(name.replace(/_(?:bucket|sum|count)$/, ""));
  const found = (family?.samples ?? []).filter((sample) =>
    sample.name === name &&
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value)
  );
  if (found.length === 0) throw wrong("no sample", name);
  return found.reduce((sum, { value }) => sum + value, 0);
}

function takeFamily(lines: string[]): Family {
  const [, name = "", help = ""] = match(HELP, lines.shift());
  const [, same, type] = match(TYPE, lines.shift());
  if (!NAME.test(name) || same !== name) throw wrong("a name", name);
  const samples: PrometheusSample[] = [];
  while (lines[0] !== undefined && !lines[0].startsWith("#")) {
    samples.push(toSample(lines.shift()));
  }
  if (type !== "counter" && type !== "gauge" && type !== "histogram") {
    throw wrong("a type", type);
  }
  return { name, help, type, samples };
}

function toSample(line: string | undefined): PrometheusSample {
  const [, name = "", list = "", value = ""] = match(SAMPLE, line);
  if (!NAME.test(name) || !VALUE.test(value)) throw wrong("a sample", line);
  const labels: Record<string, string> = {};
  for (let rest = list; rest !== "";) {
    const [whole, label = "", text = ""] = match(LABEL, rest);
    if (Object.hasOwn(labels, label)) throw wrong("one label twice", line);
    labels[label] = text.replace(
      /\\(.)/g,
      (_, char) => char === "n" ? "\n" : char,
    );
    rest = rest.slice(whole.length);
  }
  const number = Number(value.replace("Inf", "Infinity"));
  return { name, labels, value: number };
}

function check(family: Family): void {
  const { name, type, samples } = family;
  const isCounter = type === "counter";
  if (isCounter !== name.endsWith("_total")) throw wrong("a suffix", name);
  const seen = new Set<string>();
  for (const { name: own, labels, value } of samples) {
    const names = type === "histogram" ? PARTS.map((p) => name + p) : [name];
    if (!names.includes(own)) throw wrong(`a sample of ${name}`, own);
    const sorted = Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1);
    const key = `${own}${JSON.stringify(sorted)}`;
    if (seen.has(key)) throw wrong("a sample twice", key);
    seen.add(key);
    if (type !== "gauge" && !(value >= 0)) throw wrong("a count", key);
  }
  if (type === "histogram") checkHistogram(family);
}

/** The buckets of each series grow up to `+Inf`, which is the count. */
function checkHistogram({ name, samples }: Family): void {
  const nodes = new Set(samples.map(({ labels }) => labels.node ?? ""));
  for (const node of nodes) {
    const own = samples.filter(({ labels }) => (labels.node ?? "") === node);
    const buckets = own.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) =>
      Number(labels.le?.replace("+Inf", "Infinity"))
    );
    const counts = buckets.map(({ value }) => value);
    const grows = (list: readonly number[], least: number) =>
      list.every((n, i) => i === 0 || n - (list[i - 1] ?? 0) >= least);
    const total = own.find((sample) => sample.name === `${name}_count`)?.value;
    const isWhole = bounds.at(-1) === Infinity && counts.at(-1) === total &&
      own.some((sample) => sample.name === `${name}_sum`);
    if (!isWhole || !grows(bounds, Number.MIN_VALUE) || !grows(counts, 0)) {
      throw wrong("a whole histogram", `${name} of ${node}`);
    }
  }
}

function match(pattern: RegExp, line: string | undefined): RegExpExecArray {
  const found = pattern.exec(line ?? "");
  if (found === null) throw wrong(String(pattern), line);
  return found;
}

function wrong(expected: string, found: string | undefined): Error {
  return new Error(`Cannot parse metrics: ${expected}: ${found}`);
}
