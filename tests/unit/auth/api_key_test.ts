import { assert, assertFalse } from "@std/assert";
import { createKeyCheck } from "../../../lib/auth/api_key.ts";

Deno.test("The key is accepted, and nothing else is", () => {
  const isKey = createKeyCheck("a secret key", "apiKey");
  assert(isKey("a secret key"));
  for (
    const other of [
      "",
      "a secret kez",
      "b secret key",
      "a secret ke",
      "a secret key ",
      "A SECRET KEY",
      "a secret keya secret key",
      "a",
    ]
  ) assertFalse(isKey(other), other);
});

Deno.test("A key of one character is not accepted twice over", () => {
  const isKey = createKeyCheck("a", "apiKey");
  assert(isKey("a"));
  for (const other of ["", "aa", "aaa", "b"]) assertFalse(isKey(other), other);
});

Deno.test("A key is refused at each length and each differing place", () => {
  const key = "0123456789abcdef";
  const isKey = createKeyCheck(key, "apiKey");
  for (let at = 0; at < key.length; at++) {
    assertFalse(isKey(key.slice(0, at)), `the first ${at}`);
    assertFalse(isKey(`${key.slice(0, at)}~${key.slice(at + 1)}`), `${at}`);
  }
});
