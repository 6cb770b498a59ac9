/** Schemas of three libraries' shape, and what a publication that does not fit is refused with. */

import { assertEquals, assertThrows } from "@std/assert";
import * as v from "valibot";
import { ProtocolError } from "../../../lib/base/errors.ts";
import type { Payload } from "../../../lib/base/publication.ts";
import {
  checkData,
  type SchemaResult,
  type StandardSchema,
} from "../../../lib/channel/data_schema.ts";

const LINES = v.object({
  lines: v.array(v.object({ text: v.string("Expected a string") })),
});

/** The error that data is refused with. */
function refusalOf(schema: StandardSchema, payload: Payload): ProtocolError {
  return assertThrows(() => checkData(schema, payload), ProtocolError);
}

/** A schema as another library would write it. */
function schemaOf(
  validate: StandardSchema["~standard"]["validate"],
): StandardSchema {
  return { "~standard": { version: 1, vendor: "test", validate } };
}

Deno.test("Data that fits is published as the schema has it", () => {
  const json = '{"lines":[{"text":"hello","more":1}],"other":2}';
  assertEquals(checkData(LINES, { json }), {
    json: '{"lines":[{"text":"hello"}]}',
  });
  assertEquals(checkData(v.pipe(v.string(), v.trim()), " a "), "a");
  const bytes = new Uint8Array([1, 2]).buffer;
  assertEquals(checkData(v.instance(ArrayBuffer), bytes), bytes);
});

Deno.test("Data that does not fit is refused with 107, and the path of each part", () => {
  const json = '{"lines":[{"text":"a"},{"text":1},{"text":null}]}';
  const { code, message } = refusalOf(LINES, { json });
  assertEquals(code, 107);
  assertEquals(
    message,
    "data.lines[1].text: Expected a string; data.lines[2].text: Expected a string",
  );
});

Deno.test("A path may be keys as they are, or be left out", () => {
  const refuse = (path: readonly PropertyKey[] | undefined) =>
    refusalOf(schemaOf(() => ({ issues: [{ message: "no", path }] })), "x")
      .message;
  assertEquals(refuse(["a", 0]), "data.a[0]: no");
  assertEquals(refuse(undefined), "data: no");
});

Deno.test("A path may be of a class whose constructor takes keys, as that of arktype is", () => {
  class Path extends Array<PropertyKey> {
    constructor(...keys: readonly PropertyKey[]) {
      super();
      this.push(...keys);
    }
  }
  const refuse = (...keys: PropertyKey[]) => {
    const issues = [{ message: "no", path: new Path(...keys) }];
    return refusalOf(schemaOf(() => ({ issues })), "x").message;
  };
  assertEquals(refuse(), "data: no");
  assertEquals(refuse("lines", 0, "text"), "data.lines[0].text: no");
});

Deno.test("A schema that answers later is refused, whatever it answers", () => {
  for (
    const later of [
      () => Promise.resolve({ value: 1 }),
      () => Promise.reject(new Error("broken")),
    ]
  ) {
    const error = assertThrows(
      () => checkData(schemaOf(later), "x"),
      TypeError,
    );
    assertEquals(
      error.message,
      "Cannot check data: the schema is asynchronous, expected a synchronous one",
    );
  }
});

Deno.test("An error has the first ten reasons, each of 200 characters at most", () => {
  const schema = v.array(v.number());
  const numbers = JSON.stringify(Array(30_000).fill("a"));
  const { message } = refusalOf(schema, { json: numbers });
  assertEquals(message.split("; ").length, 11);
  assertEquals(message.endsWith("; and 29990 more"), true);
  const { message: long } = refusalOf(v.number(), "😀".repeat(10_000));
  assertEquals(long.length, 201);
  assertEquals(long.isWellFormed(), true);
});

Deno.test("A schema that answers with neither a value nor issues is an error, never a publication of null", () => {
  const results = [{}, { then: () => {} }] as unknown as SchemaResult[];
  for (const result of results) {
    assertThrows(
      () => checkData(schemaOf(() => result), "x"),
      TypeError,
      "neither a value nor issues",
    );
  }
});
