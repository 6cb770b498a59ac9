/** Any filter beside the reference's own words, on any tags. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ProtocolError } from "../../../lib/base/errors.ts";
import {
  parseTagsFilter,
  type Tags,
  type TagsFilter,
} from "../../../lib/channel/tags_filter.ts";

/** A node as the SDKs send it. */
interface Node {
  readonly op?: string;
  readonly key?: string;
  readonly cmp?: string;
  readonly val?: string;
  readonly vals?: readonly string[];
  readonly nodes?: readonly Node[];
}

/** The meaning of a node by the reference, word for word, on decimals as fractions of whole numbers. */
function naive(node: Node, tags: Tags): boolean {
  const { op = "", key = "", cmp, val = "", vals = [], nodes = [] } = node;
  if (op === "and") return nodes.every((each) => naive(each, tags));
  if (op === "or") return nodes.some((each) => naive(each, tags));
  if (op === "not") return !naive(nodes[0]!, tags);
  const has = Object.keys(tags).includes(key);
  const tag = has ? tags[key]! : "";
  switch (cmp) {
    case "eq":
      return has && tag === val;
    case "neq":
      return !has || tag !== val;
    case "in":
      return vals.includes(tag);
    case "nin":
      return !vals.includes(tag);
    case "ex":
      return has;
    case "nex":
      return !has;
    case "sw":
      return has && tag.slice(0, val.length) === val;
    case "ew":
      return has && tag.length >= val.length &&
        tag.slice(tag.length - val.length) === val;
    case "ct":
      return has && tag.indexOf(val) >= 0;
  }
  const [left, right] = [fraction(tag), fraction(val)];
  if (!has || left === undefined || right === undefined) return false;
  const [a, b] = [left[0] * right[1], right[0] * left[1]];
  return cmp === "gt"
    ? a > b
    : cmp === "gte"
    ? a >= b
    : cmp === "lt"
    ? a < b
    : a <= b;
}

function fraction(text: string): readonly [bigint, bigint] | undefined {
  const [, sign, whole, part = ""] =
    /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text) ?? [];
  if (whole === undefined || part.length > 19) return undefined;
  const size = BigInt(whole + part);
  return [sign === "-" ? -size : size, 10n ** BigInt(part.length)];
}

const decimals = fc.tuple(
  fc.constantFrom("", "-", "+"),
  fc.bigInt({ min: 0n, max: 10n ** 20n }),
  fc.constantFrom("", ".0", ".5", ".50", ".4999999999999999999", ".1"),
).map((parts) => parts.join(""));

const words = fc.oneof(
  fc.constantFrom("1", "1.0", "01", "a", "ab", "ba", "aba", "-1", "__proto__"),
  decimals,
  fc.constantFrom("9007199254740993", "9007199254740992", "-0", "0", "0.0"),
);

const keys = fc.constantFrom("a", "b", "__proto__", "toString");

const { node: nodes } = fc.letrec<{ node: Node }>((tie) => {
  const many = fc.array(tie("node"), { minLength: 1, maxLength: 3 });
  return {
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({
        key: keys,
        cmp: fc.constantFrom("eq", "neq", "sw", "ew", "ct"),
        val: words,
      }),
      fc.record({
        key: keys,
        cmp: fc.constantFrom("gt", "gte", "lt", "lte"),
        val: decimals,
      }),
      fc.record({
        key: keys,
        cmp: fc.constantFrom("in", "nin"),
        vals: fc.array(fc.oneof(words, fc.constant("")), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      fc.record({ key: keys, cmp: fc.constantFrom("ex", "nex") }),
      fc.record({ op: fc.constantFrom("and", "or"), nodes: many }),
      fc.record({ op: fc.constant("not"), nodes: fc.tuple(tie("node")) }),
    ),
  };
});

const anyTags = fc.array(fc.tuple(keys, fc.oneof(words, fc.constant(""))))
  .map((entries): Tags => Object.fromEntries(entries));

Deno.test("A filter matches what the reference's own words say, for any filter and any tags", () => {
  const filters = new Map<string, Node>();
  let count = 0;
  fc.assert(
    fc.property(nodes, anyTags, (node, tags) => {
      const filter = withinBounds(node);
      if (filter === undefined) return;
      count++;
      assertEquals(filter.matches(tags), naive(node, tags));
      // Those with the same text mean the same.
      const same = filters.get(filter.text) ?? node;
      assertEquals(naive(same, tags), naive(node, tags));
      filters.set(filter.text, node);
    }),
    { numRuns: 3_000 },
  );
  assert(count > 2_500, `${count} filters were within the bounds`);
});

function withinBounds(node: Node): TagsFilter | undefined {
  try {
    return parseTagsFilter(node);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
