/** Filter of a subscription: which publications it gets, by their tags. Centrifuge, §3, `FilterNode`. */

import { errors, ProtocolError } from "../base/errors.ts";
import { isRecord, type UnknownRecord } from "../base/record.ts";

/** Levels of a filter at most. */
const MAX_LEVELS = 16;
/** Nodes of a filter at most: the time that a publication may take. */
const MAX_NODES = 32;
/** Characters of a filter's text at most: the memory that a subscription may take. */
const MAX_CHARACTERS = 8_192;

/** Strings that a publisher added to a publication, by name. */
export type Tags = Readonly<Record<string, string>>;

/** Decides by the tags whether a publication fits. */
type Predicate = (tags: Tags) => boolean;

/** One node: a part of the filter's text, and its predicate. */
interface Compiled {
  /** Operation and operands, without what has no meaning there. */
  readonly form: readonly unknown[];
  readonly matches: Predicate;
}

/** A filter that is checked, and can be applied. */
export interface TagsFilter {
  /** The filter written in one way: those with the same text match the same publications. */
  readonly text: string;
  /** Checks whether a publication with these tags fits. */
  matches(tags: Tags | undefined): boolean;
}

const NO_TAGS: Tags = Object.freeze({});

/**
 * Checks and compiles a filter as a client sent it.
 *
 * @throws {ProtocolError} 107 with the place of the fault, if it is not a filter or exceeds a bound.
 */
export function parseTagsFilter(value: unknown): TagsFilter {
  const { form, matches } = compile(value, { path: "tf", level: 1 }, {
    nodes: 0,
  });
  const text = JSON.stringify(form);
  if (text.length > MAX_CHARACTERS) {
    refuse("tf", `at most ${MAX_CHARACTERS} characters`, text.length);
  }
  return { text, matches: (tags = NO_TAGS) => matches(tags) };
}

/** Position of a node in its filter. */
interface FilterPlace {
  readonly path: string;
  readonly level: number;
}

/** Number of nodes that were read. */
interface Count {
  nodes: number;
}

function compile(value: unknown, place: FilterPlace, count: Count): Compiled {
  const { path, level } = place;
  if (!isRecord(value)) refuse(path, "an object", value);
  if (level > MAX_LEVELS) refuse(path, `at most ${MAX_LEVELS} levels`, level);
  if (++count.nodes > MAX_NODES) {
    refuse("tf", `at most ${MAX_NODES} nodes`, count.nodes);
  }
  const op = text(value, "op", path);
  if (op === "") return compileLeaf(value, path);
  if (op !== "and" && op !== "or" && op !== "not") {
    refuse(`${path}.op`, "and, or, not, or none", op);
  }
  const nodes = list(value, "nodes", path);
  const isFit = op === "not" ? nodes.length === 1 : nodes.length > 0;
  if (!isFit) {
    const number = op === "not" ? "exactly one node" : "at least one node";
    refuse(`${path}.nodes`, number, nodes.length);
  }
  const children = nodes.map((node, index) =>
    compile(node, { path: `${path}.nodes[${index}]`, level: level + 1 }, count)
  );
  return {
    form: [op, ...children.map(({ form }) => form)],
    matches: combine(op, children.map(({ matches }) => matches)),
  };
}

function combine(
  op: "and" | "or" | "not",
  children: readonly Predicate[],
): Predicate {
  switch (op) {
    case "and":
      return (tags) => children.every((matches) => matches(tags));
    case "or":
      return (tags) => children.some((matches) => matches(tags));
    case "not":
      return (tags) => !children.some((matches) => matches(tags));
  }
}

/** Comparisons of a tag, which is `undefined` without it, with one operand. */
const BY_VALUE: ReadonlyMap<
  string,
  (operand: string, path: string) => (tag: string | undefined) => boolean
> = new Map([
  ["eq", (operand) => (tag) => tag === operand],
  ["neq", (operand) => (tag) => tag !== operand],
  ["sw", (operand) => (tag) => tag?.startsWith(operand) ?? false],
  ["ew", (operand) => (tag) => tag?.endsWith(operand) ?? false],
  ["ct", (operand) => (tag) => tag?.includes(operand) ?? false],
  ["gt", (...at) => compareTo(at, (order) => order > 0)],
  ["gte", (...at) => compareTo(at, (order) => order >= 0)],
  ["lt", (...at) => compareTo(at, (order) => order < 0)],
  ["lte", (...at) => compareTo(at, (order) => order <= 0)],
]);

/** Every comparison, as a message lists them. */
const COMPARISONS = [...BY_VALUE.keys(), "in", "nin", "ex", "nex"].join(", ");

function compileLeaf(node: UnknownRecord, path: string): Compiled {
  const key = text(node, "key", path);
  const cmp = text(node, "cmp", path);
  const val = text(node, "val", path);
  const vals = list(node, "vals", path).map((each, index) => {
    if (typeof each === "string") return each;
    refuse(`${path}.vals[${index}]`, "a string", each);
  });
  const byValue = BY_VALUE.get(cmp);
  const isByList = cmp === "in" || cmp === "nin";
  const isByPresence = cmp === "ex" || cmp === "nex";
  if (byValue === undefined && !isByList && !isByPresence) {
    refuse(`${path}.cmp`, `one of ${COMPARISONS}`, cmp);
  }
  const needs = `for "${cmp}"`;
  if (key === "" && !isByPresence) refuse(`${path}.key`, "a tag", key);
  if ((val !== "") !== (byValue !== undefined)) {
    refuse(`${path}.val`, `${val === "" ? "a" : "no"} value ${needs}`, val);
  }
  if ((vals.length > 0) !== isByList) {
    refuse(`${path}.vals`, `${isByList ? "" : "no "}values ${needs}`, vals);
  }
  if (byValue !== undefined) {
    const matches = byValue(val, `${path}.val`);
    return {
      form: [cmp, key, val],
      matches: (tags) => matches(tagOf(tags, key)),
    };
  }
  if (isByPresence) {
    const isExpected = cmp === "ex";
    const matches: Predicate = (tags) =>
      Object.hasOwn(tags, key) === isExpected;
    return { form: [cmp, key], matches };
  }
  const values = new Set(vals);
  const isExpected = cmp === "in";
  return {
    form: [cmp, key, ...[...values].sort()],
    // A tag that is missing counts as an empty one here.
    matches: (tags) => values.has(tagOf(tags, key) ?? "") === isExpected,
  };
}

function tagOf(tags: Tags, key: string): string | undefined {
  return Object.hasOwn(tags, key) ? tags[key] : undefined;
}

/** Digits of a decimal's fraction at most. */
const MAX_FRACTION = 19;
const DECIMAL = new RegExp(`^[+-]?\\d+(?:\\.\\d{1,${MAX_FRACTION}})?$`);
/** Characters of a decimal at most. */
const MAX_DECIMAL = 200;
/** Characters up to which a decimal is compared exactly as a number: it has 15 digits at most. */
const MAX_EXACT = 15;

/** A decimal, which is compared exactly. */
class Decimal {
  readonly #text: string;
  readonly #number: number;
  readonly #isShort: boolean;
  #scaled: bigint | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#number = Number(text);
    this.#isShort = text.length <= MAX_EXACT;
  }

  /** Negative, 0 or positive, as it is less than another one, equal, or greater. */
  compareTo(other: Decimal): number {
    if (this.#isShort && other.#isShort) return this.#number - other.#number;
    const [own, others] = [this.#exact, other.#exact];
    return own > others ? 1 : own < others ? -1 : 0;
  }

  /** The decimal as a whole number of its smallest fractions. */
  get #exact(): bigint {
    if (this.#scaled !== undefined) return this.#scaled;
    const [whole = "", fraction = ""] = this.#text.split(".");
    return this.#scaled = BigInt(whole + fraction.padEnd(MAX_FRACTION, "0"));
  }
}

/** The text that was read last: a tag is compared with the operands of many filters. */
let lastText: string | undefined;
let lastDecimal: Decimal | undefined;

/** Reads a decimal; `undefined` if the text is not one. */
function readDecimal(text: string | undefined): Decimal | undefined {
  if (text === undefined) return undefined;
  if (text !== lastText) {
    const isDecimal = text.length <= MAX_DECIMAL && DECIMAL.test(text);
    lastText = text;
    lastDecimal = isDecimal ? new Decimal(text) : undefined;
  }
  return lastDecimal;
}

/** Compares tags with a decimal; no other tag fits. */
function compareTo(
  [operand, path]: readonly [operand: string, path: string],
  fits: (order: number) => boolean,
): (tag: string | undefined) => boolean {
  const decimal = readDecimal(operand);
  if (decimal === undefined) refuse(path, "a decimal such as -1.5", operand);
  return (tag) => {
    const read = readDecimal(tag);
    return read !== undefined && fits(read.compareTo(decimal));
  };
}

/** A field that is text; empty without it. */
function text(node: UnknownRecord, name: string, path: string): string {
  const value = node[name] ?? "";
  if (typeof value === "string") return value;
  refuse(`${path}.${name}`, "a string", value);
}

/** A field that is a list; empty without it. */
function list(
  node: UnknownRecord,
  name: string,
  path: string,
): readonly unknown[] {
  const value = node[name] ?? [];
  if (Array.isArray(value)) return value;
  refuse(`${path}.${name}`, "a list", value);
}

/** Characters of a value that a message shows. */
const MAX_SHOWN = 40;

function refuse(path: string, expected: string, got: unknown): never {
  throw new ProtocolError(
    errors.badRequest,
    `cannot filter by tags: ${path}: expected ${expected}, but got ${
      show(got)
    }`,
  );
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : "a list";
  if (isRecord(value)) return "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
