import { assertEquals } from "@std/assert";
import { hash32, hash64 } from "../../lib/hash.ts";

for (
  const [text, hex] of [
    ["", "1aee8d83488bdcb8"],
    ["news", "67ed96312759aaba"],
    ["“ü😀", "39d580aedb1890d1"],
  ] as const
) {
  Deno.test(`The hash of ${JSON.stringify(text)} is what it always was`, () => {
    assertEquals(hash64(text), hex);
    assertEquals(hash32(text), parseInt(hex.slice(0, 8), 16));
  });
}

Deno.test("A hundred thousand names that hardly differ have as many hashes", () => {
  const hashes = new Set<string>();
  for (let number = 0; number < 100_000; number++) {
    hashes.add(hash64(`room-${number}`));
  }
  assertEquals(hashes.size, 100_000);
});
