/** Reasons of close frames, with and without a time to come back. */

import { assertEquals, assertLessOrEqual } from "@std/assert";
import { utf8Length } from "../../../lib/base/bytes.ts";
import {
  disconnects,
  readCloseReason,
  writeCloseReason,
} from "../../../lib/base/disconnect.ts";

const { shutdown } = disconnects;

Deno.test("The reason of a close is its text, or JSON with a time to come back that official SDKs read", () => {
  assertEquals(writeCloseReason(shutdown), "shutdown");
  const text = writeCloseReason({ ...shutdown, retryAfterMs: 1_234 });
  // The JavaScript SDK takes `reconnect` from it, and stays away without.
  assertEquals(JSON.parse(text), {
    reason: "shutdown",
    reconnect: true,
    retry_after_ms: 1_234,
  });
  assertEquals(readCloseReason(text), {
    reason: "shutdown",
    retryAfterMs: 1_234,
  });
});

Deno.test("No reason is longer than a close frame has room for, whatever its text", () => {
  const times = [0, 59_999, 2 ** 31, Number.MAX_SAFE_INTEGER];
  for (const letter of ["x", "ж", '"', "\\", "𝄞"]) {
    for (let length = 0; utf8Length(letter.repeat(length)) <= 123; length++) {
      const reason = letter.repeat(length);
      for (const retryAfterMs of times) {
        const text = writeCloseReason({ ...shutdown, reason, retryAfterMs });
        assertLessOrEqual(utf8Length(text), 123);
        assertEquals(readCloseReason(text).reason, reason);
      }
    }
  }
});

for (
  const text of [
    "",
    "slow",
    "{",
    "{}",
    "[]",
    "null",
    '{"reason":1,"retry_after_ms":5}',
    '{"retry_after_ms":5}',
  ]
) {
  Deno.test(`A reason that is no advice is taken as it is: ${text}`, () => {
    assertEquals(readCloseReason(text), { reason: text });
  });
}

for (const value of ["-1", '"5"', "null", "1e999", "{}", "[]"]) {
  Deno.test(`A time to come back is ignored that no client can wait for: ${value}`, () => {
    const text = `{"reason":"shutdown","retry_after_ms":${value}}`;
    assertEquals(readCloseReason(text), { reason: "shutdown" });
  });
}
