import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../../lib/base/errors.ts";
import {
  parseTagsFilter,
  type Tags,
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
