import { assertEquals } from "@std/assert";
import {
  concat,
  fromHex,
  isLongerThan,
  toHex,
  utf8Length,
} from "../../../lib/base/bytes.ts";

Deno.test("Arrays of bytes are joined in their order, and none make an empty one", () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)];
  assertEquals(concat(parts), Uint8Array.of(1, 2, 3));
  assertEquals(concat([]), new Uint8Array(0));
});

for (
  const [data, length] of [
    ["", 0],
    ["abc", 3],
    ["äöü", 6],
    ["€€€", 9],
    ["😀", 4],
    [new ArrayBuffer(5), 5],
  ] as const
) {
  const name = typeof data === "string" ? `"${data}"` : "an ArrayBuffer";
  Deno.test(`${name} is ${length} bytes long, to the byte`, () => {
    if (typeof data === "string") assertEquals(utf8Length(data), length);
    assertEquals(isLongerThan(data, length), false);
    if (length > 0) assertEquals(isLongerThan(data, length - 1), true);
  });
}

Deno.test("Hexadecimal digits are the bytes that they were written from", () => {
  const bytes = Uint8Array.of(0, 9, 0x7f, 0xff);
  assertEquals(toHex(bytes), "00097fff");
  assertEquals(fromHex("00097fff"), bytes);
  assertEquals(fromHex(""), new Uint8Array(0));
});
