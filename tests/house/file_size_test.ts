/** No file over 400 lines and no function over 60: what nobody can hold in mind is split. */

import { assert, assertEquals } from "@std/assert";
import { findLongFiles, findLongFunctions } from "../support/size_rules.ts";
import { readSourceFiles } from "../support/source_files.ts";

const MAX_FILE_LINES = 400;
const MAX_FUNCTION_LINES = 60;

const files = await readSourceFiles([
  "main.ts",
  "lib/",
  "routes/",
  "examples/",
  "bench/",
  "server/",
  "doctor/",
  "tests/",
]);

/** Statements on lines of their own. */
function lines(count: number): string {
  return "work();\n".repeat(count);
}

Deno.test("no file is longer than 400 lines", () => {
  assert(files.some(({ path }) => path === "main.ts"));
  assertEquals(findLongFiles(files, MAX_FILE_LINES), []);
});

Deno.test("no function is longer than 60 lines", () => {
  assertEquals(findLongFunctions(files, MAX_FUNCTION_LINES), []);
});

Deno.test("a file of 401 lines is reported, one of 400 is not", () => {
  const planted = [
    { path: "lib/short.ts", text: lines(400) },
    { path: "lib/long.ts", text: lines(401) },
  ];
  assertEquals(findLongFiles(planted, MAX_FILE_LINES), [
    "lib/long.ts: 401 lines, at most 400",
  ]);
});

for (
  const [kind, head, tail] of [
    ["function", "function work() {", "}"],
    ["function expression", "const work = function () {", "};"],
    ["arrow function", "const work = async () => {", "};"],
    ["method", "class Worker { #work() {", "} }"],
    ["getter", "class Worker { get work() {", "} }"],
    ["constructor", "class Worker { constructor() {", "} }"],
    ["callback", "[1].map(() => {", "});"],
    ["component", "const Page = () => <p>{() => {", "}}</p>;"],
  ] as const
) {
  Deno.test(`a ${kind} of 61 lines is reported, one of 60 is not`, () => {
    const path = "routes/pages/worker.tsx";
    const find = (body: number) =>
      findLongFunctions(
        [{ path, text: `// é😀\n${head}\n${lines(body)}${tail}\n` }],
        MAX_FUNCTION_LINES,
      );
    assertEquals(find(58), []);
    const reports = find(59);
    assert(reports.length > 0);
    assertEquals(
      reports[0],
      `${path}:2: a function of 61 lines, at most 60`,
    );
  });
}

for (
  const [kind, head, tail] of [
    ["function", 'Deno.test("name", () => {', "});"],
    ["method", 'Deno.test({ name: "name", async fn() {', "} });"],
    ["property", 'Deno.test({ name: "name", fn: async () => {', "} });"],
    ["test of a suite", 'check("name", async () => {', "});"],
    ["ignored test", 'Deno.test.ignore("name", () => {', "});"],
  ] as const
) {
  Deno.test(`the body of a test may be long: ${kind}`, () => {
    const test = `${head}\n${lines(100)}${tail}\n`;
    for (const text of [test, `function suite() {\n${test}${test}}\n`]) {
      const planted = [{ path: "tests/unit/hub_test.ts", text }];
      assertEquals(findLongFunctions(planted, MAX_FUNCTION_LINES), []);
    }
  });
}

Deno.test("outside tests a callback after a sentence is a function like any other", () => {
  const text = `log("name", () => {\n${lines(100)}});\n`;
  const planted = [{ path: "lib/hub.ts", text }];
  assertEquals(findLongFunctions(planted, MAX_FUNCTION_LINES).length, 1);
});

Deno.test("a long function inside the body of a test is reported", () => {
  const path = "tests/unit/hub_test.ts";
  const text = `Deno.test("name", () => {\nconst f = () => {\n${
    lines(80)
  }};\n});\n`;
  assertEquals(findLongFunctions([{ path, text }], MAX_FUNCTION_LINES), [
    `${path}:2: a function of 82 lines, at most 60`,
  ]);
});
