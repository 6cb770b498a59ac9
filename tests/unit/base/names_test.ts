import { assertEquals, assertNotEquals } from "@std/assert";
import {
  EVERYONE,
  inboxOf,
  isInbox,
  isName,
  isUid,
} from "../../../lib/base/names.ts";

Deno.test("A name has 1 to 255 bytes of UTF-8", () => {
  const cases: [name: string, expected: boolean][] = [
    ["", false],
    ["a", true],
    ["a".repeat(255), true],
    ["a".repeat(256), false],
    ["é".repeat(127), true],
    ["é".repeat(128), false],
    ["€".repeat(85), true],
    ["€".repeat(86), false],
    ["🦌".repeat(63), true],
    ["🦌".repeat(64), false],
  ];
  for (const [name, expected] of cases) {
    assertEquals(isName(name), expected, `${name.slice(0, 2)}×${name.length}`);
    const bytes = new TextEncoder().encode(name).length;
    assertEquals(isName(name), bytes >= 1 && bytes <= 255);
  }
});

Deno.test("A name has no control characters", () => {
  for (const code of [0, 9, 10, 13, 31, 127, 128, 159]) {
    assertEquals(isName(`a${String.fromCharCode(code)}b`), false, `${code}`);
  }
  assertEquals(isName("a b ~ é"), true);
});

Deno.test("A word of the text protocol cannot be a uid, but may be a channel", () => {
  for (const word of ["all", "auth", "error", "ping", "pong"]) {
    assertEquals(isUid(word), false, word);
    assertEquals(isName(word), true, word);
  }
  assertEquals(isUid("__proto__"), true);
  assertEquals(isUid("alice"), true);
});

Deno.test("No client can spell an inbox or everyone", () => {
  for (const channel of [inboxOf("alice"), EVERYONE]) {
    assertEquals(isName(channel), false);
    assertEquals(isInbox(channel), true);
  }
  assertEquals(isInbox("alice"), false);
  assertNotEquals(inboxOf("alice"), EVERYONE);
});
