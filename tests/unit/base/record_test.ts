import { assertEquals } from "@std/assert";
import { isRecord } from "../../../lib/base/record.ts";

for (
  const [value, expected] of [
    [{}, true],
    [{ a: 1 }, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    [undefined, false],
    ["text", false],
    [1, false],
  ] as const
) {
  Deno.test(`${JSON.stringify(value)} (${typeof value}) is ${expected ? "a" : "no"} record`, () => {
    assertEquals(isRecord(value), expected);
  });
}
