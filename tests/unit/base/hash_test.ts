import { assertEquals } from "@std/assert";
import { hash32, hash64 } from "../../../lib/base/hash.ts";

// Those of FNV-1a with 64 bits.
for (
  const [text, hex] of [
    ["", "cbf29ce484222325"],
    ["a", "af63dc4c8601ec8c"],
    ["foobar", "85944171f73967e8"],
  ] as const
) {
  Deno.test(`The hash of "${text}" is ${hex}, and folded in two half of it`, () => {
    assertEquals(hash64(text), hex);
    const [high, low] = [hex.slice(0, 8), hex.slice(8)]
      .map((word) => parseInt(word, 16));
    assertEquals(hash32(text), (high! ^ low!) >>> 0);
  });
}

Deno.test("A hundred thousand names that hardly differ have as many hashes", () => {
  const hashes = new Set<string>();
  for (let number = 0; number < 100_000; number++) {
    hashes.add(hash64(`room-${number}`));
  }
  assertEquals(hashes.size, 100_000);
});
