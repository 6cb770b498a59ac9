import { assert, assertFalse } from "@std/assert";
import { createKeyCheck } from "../../../lib/auth/api_key.ts";

Deno.test("The key is accepted, and nothing else is", async () => {
  const isKey = createKeyCheck("a secret key");
  assert(await isKey("a secret key"));
  for (
    const other of [
      "",
      "a secret kez",
      "b secret key",
      "a secret ke",
      "a secret key ",
      "A SECRET KEY",
    ]
  ) assertFalse(await isKey(other), other);
});

Deno.test("A key that is like the right one in a part of its hash is refused", async () => {
  const isKey = createKeyCheck("a secret key");
  for (let number = 0; number < 3_000; number++) {
    assertFalse(await isKey(`key ${number}`), `key ${number}`);
  }
});
