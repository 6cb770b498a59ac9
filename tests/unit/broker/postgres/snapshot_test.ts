import { assertEquals, assertThrows } from "@std/assert";
import {
  hasEnded,
  parseSnapshot,
} from "../../../../lib/broker/postgres/snapshot.ts";

Deno.test("A snapshot knows which transactions had ended", () => {
  const snapshot = parseSnapshot("10:20:12,15");
  const ended = [9, 10, 11, 12, 15, 19, 20, 21].filter((xid) =>
    hasEnded(xid, snapshot)
  );
  assertEquals(ended, [9, 10, 11, 19]);
  assertEquals(hasEnded(9, parseSnapshot("10:10:")), true);
  assertEquals(hasEnded(10, parseSnapshot("10:10:")), false);
});

Deno.test("What is no snapshot is an error", () => {
  for (const text of ["", "10:20", "a:b:"]) {
    assertThrows(() => parseSnapshot(text), SyntaxError);
  }
});
