import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ProtocolError } from "../../../lib/base/errors.ts";
import {
  parseTagsFilter,
  type Tags,
  type TagsFilter,
} from "../../../lib/channel/tags_filter.ts";
import { range } from "../../support/stream_of.ts";

/** A node as the SDKs send it. */
interface Node {
  readonly op?: string;
  readonly key?: string;
  readonly cmp?: string;
  readonly val?: string;
  readonly vals?: readonly string[];
  readonly nodes?: readonly Node[];
}

/** Tags of the publication in the reference's own examples. */
const STOCK: Tags = {
  ticker: "AAPL",
  source: "NASDAQ",
  price: "150.25",
  category: "tech",
  volume: "1000",
  empty: "",
  precise: "150.2500000000000000001",
};

function leaf(key: string, cmp: string, val?: string | readonly string[]) {
  return typeof val === "string" ? { key, cmp, val } : { key, cmp, vals: val };
}

const MATCHING: readonly Node[] = [
  leaf("ticker", "eq", "AAPL"),
  leaf("source", "neq", "TEST"),
  leaf("missing", "neq", "TEST"),
  leaf("category", "in", ["tech", "finance"]),
  leaf("missing", "in", ["", "finance"]),
  leaf("ticker", "nin", ["MSFT", "GOOGL"]),
  leaf("missing", "nin", ["MSFT"]),
  leaf("price", "ex"),
  leaf("empty", "ex"),
  leaf("internal_id", "nex"),
  leaf("", "nex"),
  leaf("ticker", "sw", "AA"),
  leaf("source", "ew", "DAQ"),
  leaf("category", "ct", "ec"),
  leaf("price", "gt", "100"),
  leaf("price", "gt", "-150.26"),
  leaf("volume", "gte", "1000"),
  leaf("volume", "gte", "+1000.000"),
  leaf("price", "lt", "200"),
  leaf("price", "lt", "150.2500000000000000001"),
  leaf("precise", "gt", "150.25"),
  leaf("volume", "lte", "1000"),
  leaf("volume", "lte", "99999999999999999999999999"),
  { op: "and", nodes: [leaf("ticker", "ex"), leaf("category", "eq", "tech")] },
  { op: "or", nodes: [leaf("ticker", "nex"), leaf("category", "ex")] },
  { op: "not", nodes: [leaf("source", "eq", "NYSE")] },
  { op: "not", nodes: [leaf("missing", "gt", "1")] },
  // What has no meaning for an operation is ignored, as `null` is.
  { op: "and", key: "a", cmp: "?", nodes: [leaf("ticker", "ex")] },
  JSON.parse('{"op":null,"key":"price","cmp":"ex","val":null,"nodes":null}'),
];

const OTHERS: readonly Node[] = [
  leaf("ticker", "eq", "aapl"),
  leaf("missing", "eq", "AAPL"),
  leaf("ticker", "neq", "AAPL"),
  leaf("category", "in", ["TECH"]),
  leaf("missing", "in", ["MSFT"]),
  leaf("ticker", "nin", ["AAPL"]),
  leaf("missing", "nin", [""]),
  leaf("internal_id", "ex"),
  leaf("price", "nex"),
  leaf("empty", "nex"),
  leaf("ticker", "sw", "APL"),
  leaf("missing", "sw", "A"),
  leaf("source", "ew", "NAS"),
  leaf("missing", "ew", "A"),
  leaf("category", "ct", "TE"),
  leaf("missing", "ct", "A"),
  leaf("price", "gt", "150.25"),
  leaf("missing", "gt", "-1"),
  leaf("empty", "lt", "1"),
  leaf("ticker", "gt", "1"),
  leaf("price", "lt", "150.25"),
  leaf("price", "gte", "150.2500000000000000001"),
  leaf("volume", "gt", "1000"),
  { op: "and", nodes: [leaf("ticker", "ex"), leaf("ticker", "nex")] },
  { op: "or", nodes: [leaf("ticker", "nex"), leaf("missing", "ex")] },
  { op: "not", nodes: [leaf("ticker", "ex")] },
];

function matches(node: unknown, tags: Tags | undefined): boolean {
  return parseTagsFilter(node).matches(tags);
}

for (const [nodes, expected] of [[MATCHING, true], [OTHERS, false]] as const) {
  for (const node of nodes) {
    const verb = expected ? "matches" : "does not match";
    Deno.test(`${JSON.stringify(node)} ${verb} the tags of a stock`, () => {
      assertEquals(matches(node, STOCK), expected);
    });
  }
}

Deno.test("A publication without tags is one that has none of them", () => {
  assertEquals(matches(leaf("a", "eq", "1"), undefined), false);
  assertEquals(matches(leaf("a", "neq", "1"), undefined), true);
  assertEquals(matches(leaf("a", "nex"), undefined), true);
});

Deno.test("No tag is found in the prototype of an object", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    assertEquals(matches(leaf(key, "ex"), {}), false, key);
    assertEquals(matches(leaf(key, "nex"), {}), true, key);
    assertEquals(matches(leaf(key, "neq", "x"), {}), true, key);
    const own = Object.fromEntries([[key, "x"]]);
    assertEquals(matches(leaf(key, "eq", "x"), own), true, key);
  }
});

/** Filter text whose nodes are nested so many levels deep. */
function nested(levels: number): unknown {
  const head = '{"op":"not","nodes":['.repeat(levels - 1);
  return JSON.parse(`${head}{"key":"a","cmp":"ex"}${"]}".repeat(levels - 1)}`);
}

/** A filter with so many nodes. */
function wide(nodes: number): Node {
  return {
    op: "or",
    nodes: Array.from({ length: nodes - 1 }, () => leaf("a", "ex")),
  };
}

/** Begin of the message about a comparison that does not exist. */
const CMP =
  "tf.cmp: expected one of eq, neq, sw, ew, ct, gt, gte, lt, lte, in, nin, ex, nex, but got";

const FAULTS: readonly (readonly [unknown, string])[] = [
  ["x", 'tf: expected an object, but got "x"'],
  [[], "tf: expected an object, but got none"],
  [7, "tf: expected an object, but got 7"],
  [{}, `${CMP} ""`],
  [{ key: "a" }, `${CMP} ""`],
  [{ key: "a", cmp: "__proto__" }, `${CMP} "__proto__"`],
  [
    { op: "xor", nodes: [{}] },
    'tf.op: expected and, or, not, or none, but got "xor"',
  ],
  [{ op: 1 }, "tf.op: expected a string, but got 1"],
  [{ key: ["a"], cmp: "ex" }, "tf.key: expected a string, but got a list"],
  [leaf("a", "eq"), 'tf.val: expected a value for "eq", but got ""'],
  [leaf("", "eq", "1"), 'tf.key: expected a tag, but got ""'],
  [
    { key: "a", cmp: "gt", val: 100 },
    "tf.val: expected a string, but got 100",
  ],
  [
    leaf("price", "gt", "one"),
    'tf.val: expected a decimal such as -1.5, but got "one"',
  ],
  [
    leaf("price", "lt", "1e3"),
    'tf.val: expected a decimal such as -1.5, but got "1e3"',
  ],
  [
    leaf("price", "lt", "0x1000"),
    'tf.val: expected a decimal such as -1.5, but got "0x1000"',
  ],
  [
    leaf("price", "lt", " 200"),
    'tf.val: expected a decimal such as -1.5, but got " 200"',
  ],
  [
    leaf("price", "lt", "200."),
    'tf.val: expected a decimal such as -1.5, but got "200."',
  ],
  [
    leaf("price", "gt", ".5"),
    'tf.val: expected a decimal such as -1.5, but got ".5"',
  ],
  [
    leaf("price", "gte", "NaN"),
    'tf.val: expected a decimal such as -1.5, but got "NaN"',
  ],
  [
    leaf("price", "lte", "Infinity"),
    'tf.val: expected a decimal such as -1.5, but got "Infinity"',
  ],
  [
    leaf("price", "lt", "150.25000000000000000001"),
    'tf.val: expected a decimal such as -1.5, but got "150.25000000000000000001"',
  ],
  [
    { key: "a", cmp: "eq", val: "1", vals: ["1"] },
    'tf.vals: expected no values for "eq", but got a list',
  ],
  [leaf("a", "in", []), 'tf.vals: expected values for "in", but got none'],
  [leaf("a", "in", "1"), 'tf.val: expected no value for "in", but got "1"'],
  [leaf("a", "ex", "1"), 'tf.val: expected no value for "ex", but got "1"'],
  [
    leaf("a", "nex", ["1"]),
    'tf.vals: expected no values for "nex", but got a list',
  ],
  [
    { key: "a", cmp: "in", vals: ["1", {}] },
    "tf.vals[1]: expected a string, but got an object",
  ],
  [
    { key: "a", cmp: "in", vals: { length: 3 } },
    "tf.vals: expected a list, but got an object",
  ],
  [{ op: "and" }, "tf.nodes: expected at least one node, but got 0"],
  [
    { op: "not", nodes: [leaf("a", "ex"), leaf("b", "ex")] },
    "tf.nodes: expected exactly one node, but got 2",
  ],
  [
    { op: "and", nodes: [leaf("a", "ex"), null] },
    "tf.nodes[1]: expected an object, but got null",
  ],
  [
    { op: "and", nodes: [{ op: "or", nodes: [leaf("a", "eq")] }] },
    'tf.nodes[0].nodes[0].val: expected a value for "eq", but got ""',
  ],
  [
    nested(17),
    `tf${".nodes[0]".repeat(16)}: expected at most 16 levels, but got 17`,
  ],
  [wide(33), "tf: expected at most 32 nodes, but got 33"],
  [
    leaf("a", "eq", "x".repeat(8_192)),
    "tf: expected at most 8192 characters, but got 8205",
  ],
  [
    leaf("a", "x".repeat(100)),
    `${CMP} "${"x".repeat(39)}…`,
  ],
];

for (const [filter, fault] of FAULTS) {
  Deno.test(`A filter is refused with 107: ${fault.slice(0, 90)}`, () => {
    const error = assertThrows(() => parseTagsFilter(filter), ProtocolError);
    assertEquals(error.code, 107);
    assertEquals(error.message, `cannot filter by tags: ${fault}`);
  });
}

Deno.test("A filter may be as deep, as wide and as long as the bounds", () => {
  assertEquals(matches(nested(16), {}), true);
  assertEquals(matches(wide(32), { a: "" }), true);
  const values = Array.from({ length: 1_000 }, (_, index) => `v${index}`);
  assertEquals(matches(leaf("a", "in", values), { a: "v999" }), true);
});

Deno.test("A filter that fills a whole message with levels, nodes or values is refused", () => {
  const values = Array.from({ length: 20_000 }, () => "1");
  for (const filter of [nested(3_000), wide(60_000)]) {
    assertThrows(() => parseTagsFilter(filter), ProtocolError, "at most");
  }
  // The same value counts once.
  assertEquals(matches(leaf("a", "in", values), { a: "1" }), true);
});

Deno.test("A long decimal is read once, however many nodes compare it, and an operand once for all", () => {
  const { BigInt } = globalThis;
  let count = 0;
  const counting = (value: string) => {
    count++;
    return BigInt(value);
  };
  const nodes = range(1, 31).map((n) =>
    leaf("a", "lt", `-${"9".repeat(20 + n)}`)
  );
  const filter = parseTagsFilter({ op: "or", nodes });
  const tags = (n: number) => ({ a: `1234567890123456.${n}` });
  assertEquals(filter.matches(tags(0)), false);
  try {
    Object.assign(globalThis, { BigInt: counting });
    for (const n of range(1, 10)) assertEquals(filter.matches(tags(n)), false);
  } finally {
    Object.assign(globalThis, { BigInt });
  }
  assertEquals(count, 10);
});

Deno.test("Filters that differ in nothing that counts have the same text, and others have not", () => {
  const same: readonly Node[] = [
    leaf("a", "in", ["2", "1"]),
    leaf("a", "in", ["1", "2", "1"]),
    { op: "", key: "a", cmp: "in", val: "", vals: ["1", "2"], nodes: [{}] },
  ];
  const texts = (nodes: readonly Node[]) =>
    new Set(nodes.map((node) => parseTagsFilter(node).text));
  assertEquals(texts(same).size, 1);
  assertEquals(texts([...MATCHING, ...OTHERS]).size, 54);
});

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
