/** Node 20 runs the library: what it does not have is not used there, by its name. */

import { assert, assertEquals } from "@std/assert";
import { findGlobalUses } from "../support/global_uses.ts";
import { readSourceFiles, type SourceFile } from "../support/source_files.ts";
import { visit } from "../support/syntax.ts";

/** Globals, and functions of a class or a namespace. */
const GLOBALS = [
  "CloseEvent",
  "ErrorEvent",
  "EventSource",
  "Promise.withResolvers",
  "Promise.try",
  "URL.parse",
  "Array.fromAsync",
  "Object.groupBy",
  "Map.groupBy",
  "Iterator.from",
  "Iterator.concat",
  "RegExp.escape",
  "Error.isError",
  "Math.sumPrecise",
  "Uint8Array.fromBase64",
  "Uint8Array.fromHex",
];

/** Methods, of whatever object. */
const METHODS = new Set([
  "toBase64",
  "setFromBase64",
  "toHex",
  "setFromHex",
  "union",
  "intersection",
  "difference",
  "symmetricDifference",
  "isSubsetOf",
  "isSupersetOf",
  "isDisjointFrom",
  "getOrInsert",
  "getOrInsertComputed",
]);

/** Takes the new functions where the runtime has them. */
const ALLOWED = ["lib/base/bytes.ts"];

/** Uses of what Node 20 lacks, each as `path:line: uses name`. */
function findNewUses(file: SourceFile): string[] {
  const others = visit(file, (report, source) => ({
    MemberExpression({ object, property }) {
      // Schemas of valibot have a union of their own.
      if (source.getText(object) === "v") return;
      const name = source.getText(property);
      if (METHODS.has(name)) report(property, `uses .${name}`);
    },
    VariableDeclaration(node) {
      const { kind } = node;
      if (kind === "using" || kind === "await using") {
        report(node, `uses ${kind}`);
      }
    },
  }));
  return [...findGlobalUses(file, GLOBALS), ...others];
}

Deno.test("the library uses nothing that Node 20 does not have", async () => {
  const files = (await readSourceFiles(["lib/"]))
    .filter(({ path }) => !ALLOWED.includes(path));
  assert(files.length > 100);
  assertEquals(files.flatMap(findNewUses), []);
});

for (
  const [code, ...uses] of [
    ['new CloseEvent("close", { code });', "CloseEvent"],
    ["const { promise } = Promise.withResolvers();", "Promise.withResolvers"],
    ["Promise.try(() => {});", "Promise.try"],
    ["URL.parse(text);", "URL.parse"],
    ["new Set([1]).union(other);", ".union"],
    ["bytes.subarray(1)?.toHex();", ".toHex"],
    ["bytes.toBase64();", ".toBase64"],
    ["Uint8Array.fromBase64(text);", "Uint8Array.fromBase64"],
    ["using lock = take();", "using"],
    ["async () => { await using lock = take(); };", "await using"],
    ["// URL.parse\nv.union([]);"],
  ] as const
) {
  Deno.test(`${JSON.stringify(code)} is reported ${uses.length} times`, () => {
    const text = `${code}\n`;
    assertEquals(
      findNewUses({ path: "lib/a.ts", text }),
      uses.map((name) => `lib/a.ts:1: uses ${name}`),
    );
  });
}
