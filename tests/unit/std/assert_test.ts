import {
  assert,
  assertEquals,
  assertExists,
  assertInstanceOf,
  AssertionError,
  assertRejects,
  assertThrows,
} from "@std/assert";

Deno.test("assertions narrow the type of what they checked", () => {
  const text = "length".at(0) as string | undefined;
  assertExists(text);
  assertEquals(text.length, 1);
  const value: unknown = new RangeError("far");
  assertInstanceOf(value, RangeError);
  assertEquals(value.message, "far");
  const maybe = [1].at(0);
  assert(maybe !== undefined);
  assertEquals(maybe.toFixed(1), "1.0");
});

Deno.test("assertThrows and assertRejects hand over the error of the class asked for", async () => {
  const thrown = assertThrows(() => assertEquals(1, 2), AssertionError);
  assertEquals(thrown.name, "AssertionError");
  const rejected = await assertRejects(
    () => Promise.reject(new RangeError("too far")),
    RangeError,
    "far",
  );
  assertEquals(rejected.message, "too far");
});
