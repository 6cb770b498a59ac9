import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { hash32 } from "../../../lib/base/hash.ts";
import { isName } from "../../../lib/base/names.ts";
import {
  CursorWriter,
  decodeCursor,
  encodeCursor,
} from "../../../lib/protocol/cursor.ts";

const cursor = fc.array(fc.tuple(
  fc.string({ unit: "binary", minLength: 1, maxLength: 60 }).filter(isName),
  fc.record({
    offset: fc.maxSafeNat(),
    epoch: fc.oneof(
      // What is no Unicode cannot travel in UTF-8.
      fc.string({ unit: "binary", maxLength: 20 })
        .map((text) => text.toWellFormed()),
      fc.nat().map((number) => number.toString(16).padStart(8, "0")),
    ),
  }),
)).map((entries) => new Map(entries));

Deno.test("A cursor comes back as it was, and fits into a URL and a header", () => {
  fc.assert(fc.property(cursor, (positions) => {
    const text = encodeCursor(positions);
    assertEquals(/^[\w-]+$/.test(text), true);
    const channels = [...positions.keys()];
    assertEquals([...decodeCursor(text, channels) ?? []], [...positions]);
  }));
});

Deno.test("A cursor is written as it always was: clients keep it over an update", () => {
  const positions = new Map([
    ["news", { offset: 7, epoch: "abcd" }],
    ["sports", { offset: 300, epoch: "0123abcd" }],
  ]);
  const text = "AUVzPpwHBWFiY2TbXnBErAIAASOrzQ";
  assertEquals(encodeCursor(positions), text);
  assertEquals(decodeCursor(text, ["sports", "news"]), positions);
});

Deno.test("A cursor grows with its channels, not with their names", () => {
  const positions = new Map(
    Array.from({ length: 128 }, (_, number) => [
      `${number}`.padEnd(255, "x"),
      { offset: 1_000, epoch: "0123abcd" },
    ]),
  );
  assertEquals(encodeCursor(positions).length, 1_879);
});

Deno.test("A writer goes on as a cursor written anew would", () => {
  const writer = new CursorWriter();
  writer.set("a", { offset: 1, epoch: "e" });
  writer.set("b", { offset: 2, epoch: "" });
  writer.set("a", { offset: 1_000_000, epoch: "0123abcd" });
  const positions = new Map([
    ["a", { offset: 1_000_000, epoch: "0123abcd" }],
    ["b", { offset: 2, epoch: "" }],
  ]);
  assertEquals(`${writer}`, encodeCursor(positions));
  assertEquals([writer.size, writer.has("a"), writer.has("c")], [
    2,
    true,
    false,
  ]);
});

Deno.test("Two channels with one hash keep their positions while they are asked for in one order", () => {
  const [first, second] = ["room-147067", "room-233555"] as const;
  assertEquals(hash32(first), hash32(second));
  const positions = new Map([
    [first, { offset: 1, epoch: "e" }],
    [second, { offset: 2, epoch: "f" }],
  ]);
  assertEquals(
    decodeCursor(encodeCursor(positions), [first, second]),
    positions,
  );
});

Deno.test("A channel that the cursor does not know is not in it; one that is not asked for stays out", () => {
  const text = encodeCursor(new Map([["a", { offset: 1, epoch: "e" }]]));
  assertEquals(decodeCursor(text, ["b"]), new Map());
  assertEquals(decodeCursor(text, []), new Map());
});

function encode(bytes: readonly number[]): string {
  return new Uint8Array(bytes).toBase64({ alphabet: "base64url" });
}

const HASH = [1, 2, 3, 4];

for (
  const text of [
    "",
    "!",
    "é",
    encode([0]),
    // Another shape.
    encode([2, ...HASH, 1, 1]),
    // Cut off: within the hash, the offset, the epoch.
    encode([1, 1]),
    encode([1, ...HASH]),
    encode([1, ...HASH, 0x80]),
    encode([1, ...HASH, 1]),
    encode([1, ...HASH, 1, 0, 9]),
    encode([1, ...HASH, 1, 3, 65]),
    // An offset beyond what a number holds.
    encode([1, ...HASH, 255, 255, 255, 255, 255, 255, 255, 127, 1]),
    // An epoch that is no UTF-8.
    encode([1, ...HASH, 1, 3, 0xff, 0xfe]),
    "A".repeat(65_537),
  ]
) {
  Deno.test(`No cursor: ${text.slice(0, 60)}`, () => {
    assertEquals(decodeCursor(text, ["news"]), undefined);
  });
}

Deno.test("Whatever is brought as a cursor is one or none, and never throws", () => {
  fc.assert(fc.property(fc.string(), fc.uint8Array(), (text, bytes) => {
    decodeCursor(text, ["news"]);
    decodeCursor(encode([1, ...bytes]), ["news"]);
  }));
});
