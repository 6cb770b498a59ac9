import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { isName } from "../../../lib/names.ts";
import { decodeCursor, encodeCursor } from "../../../lib/protocol/cursor.ts";

const cursor = fc.array(fc.tuple(
  fc.string({ unit: "binary", minLength: 1, maxLength: 60 }).filter(isName),
  fc.record({ offset: fc.maxSafeNat(), epoch: fc.string({ maxLength: 20 }) }),
)).map((entries) => new Map(entries));

Deno.test("A cursor comes back as it was, and fits into a URL, a header and a tag", () => {
  fc.assert(fc.property(cursor, (places) => {
    const text = encodeCursor(places);
    assertEquals(/^[\w-]+$/.test(text), true);
    assertEquals([...decodeCursor(text) ?? []], [...places]);
  }));
});

Deno.test("A cursor is written as it always was: clients keep it over an update", () => {
  const places = new Map([["news", { offset: 7, epoch: "abcd" }]]);
  const text = "W1sibmV3cyIsNywiYWJjZCJdXQ";
  assertEquals(encodeCursor(places), text);
  assertEquals(decodeCursor(text), places);
});

function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return new TextEncoder().encode(text).toBase64({ alphabet: "base64url" });
}

for (
  const text of [
    "",
    "!",
    "é",
    encode("nonsense"),
    encode("null"),
    encode({}),
    encode([null]),
    encode([["news", 1]]),
    encode([["news", 1, "e", 2]]),
    encode([["news", "1", "e"]]),
    encode([["news", -1, "e"]]),
    encode([["news", 1.5, "e"]]),
    encode([["news", 2 ** 53, "e"]]),
    encode([["news", 1, 2]]),
    encode([["", 1, "e"]]),
    encode([["a\nb", 1, "e"]]),
    encode([["x".repeat(256), 1, "e"]]),
    encode([["news", 1, "x".repeat(256)]]),
    encode(Array.from({ length: 1025 }, (_, n) => [`${n}`, 1, "e"])),
    new Uint8Array([0xff, 0xfe]).toBase64({ alphabet: "base64url" }),
    encode("[".repeat(300_000)),
  ]
) {
  Deno.test(`No cursor: ${text.slice(0, 60)}`, () => {
    assertEquals(decodeCursor(text), undefined);
  });
}

Deno.test("Whatever is brought as a cursor is one or none, and never throws", () => {
  fc.assert(fc.property(fc.string(), fc.json(), (text, json) => {
    decodeCursor(text);
    decodeCursor(encode(json));
  }));
});
