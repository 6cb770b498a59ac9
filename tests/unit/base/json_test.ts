import { assertEquals } from "@std/assert";
import * as v from "valibot";
import {
  exactly,
  expected,
  jsonObject,
  oneOf,
  parseJson,
} from "../../../lib/base/json.ts";

const schema = exactly({
  size: v.exactOptional(v.number(expected("a number"))),
  colours: v.exactOptional(v.array(oneOf(["red", "green"]))),
  "odd key": v.exactOptional(exactly({})),
});

function problems(json: unknown): readonly string[] {
  const parsed = parseJson(schema, json);
  return parsed.ok ? [] : parsed.problems;
}

Deno.test("JSON that is right comes back as it is", () => {
  const text = '{"size":1,"colours":["red"],"odd key":{}}';
  const parsed = parseJson(schema, JSON.parse(text));
  assertEquals(parsed.ok && JSON.stringify(parsed.value), text);
});

Deno.test("Every problem of a JSON value has its path and a sentence", () => {
  assertEquals(
    problems({
      size: "big",
      colours: ["red", "blue"],
      "odd key": { x: 1 },
      y: 2,
      z: 3,
    }),
    [
      '$.size: expected a number, but got "big"',
      '$.colours[1]: expected one of red, green, but got "blue"',
      '$["odd key"].x: unknown key',
      "$.y: unknown key",
      "$.z: unknown key",
    ],
  );
});

Deno.test("What is no object is a problem at the root", () => {
  assertEquals(problems([]), ["$: expected an object, but got []"]);
  assertEquals(problems(null), ["$: expected an object, but got null"]);
  assertEquals(problems("{}"), ['$: expected an object, but got "{}"']);
  assertEquals(problems(undefined), ["$: expected an object, but got nothing"]);
});

Deno.test("A key that every object inherits is unknown like any other", () => {
  const text = '{"__proto__":{"size":1},"constructor":1,"toString":2}';
  assertEquals(problems(JSON.parse(text)), [
    "$.__proto__: unknown key",
    "$.constructor: unknown key",
    "$.toString: unknown key",
  ]);
});

Deno.test("A problem quotes no more than the beginning of a long value", () => {
  const [problem] = problems({ size: "x".repeat(10_000) });
  assertEquals(
    problem,
    `$.size: expected a number, but got "${"x".repeat(59)}…`,
  );
});

Deno.test("A JSON object is any object but an array", () => {
  for (const json of [{}, JSON.parse('{"__proto__":null}')]) {
    assertEquals(parseJson(jsonObject, json).ok, true);
  }
  for (const json of [[], null, 1, "{}", undefined]) {
    assertEquals(parseJson(jsonObject, json).ok, false);
  }
});
