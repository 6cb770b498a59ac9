import { assertEquals } from "@std/assert";
import { Idempotency } from "../../../../lib/broker/memory/idempotency.ts";
import {
  IDEMPOTENCY_MS,
  type PublishRequest,
} from "../../../../lib/broker/types.ts";
import { FakeClock } from "../../../support/fake_clock.ts";

const PUBLISHED = { offset: 1, epoch: "e", delivered: true };

function requestOf(idempotencyKey: string): PublishRequest {
  return { channel: "room", payload: "x", idempotencyKey };
}

Deno.test("The newest keys are kept, each as long as it counts", () => {
  const clock = new FakeClock();
  const keys = new Idempotency(clock, 3);
  let count = 0;
  /** Publishes with each key; returns those for which there was a publication. */
  const publishAll = (...all: readonly string[]) =>
    all.filter((key) => {
      const before = count;
      keys.once(requestOf(key), () => ({ ...PUBLISHED, offset: ++count }));
      return count > before;
    });
  assertEquals(publishAll("a", "b", "a", "c", "d"), ["a", "b", "c", "d"]);
  assertEquals(publishAll("b", "c", "d"), []);
  assertEquals(publishAll("a"), ["a"]);
  assertEquals(keys.size, 3);
  clock.advance(IDEMPOTENCY_MS - 1);
  assertEquals(publishAll("a"), []);
  clock.advance(1);
  assertEquals(publishAll("a", "c"), ["a", "c"]);
  keys.sweep();
  assertEquals(keys.size, 2);
});

Deno.test("A key that is used again resolves with the first publication", () => {
  const keys = new Idempotency(new FakeClock(), 3);
  const first = keys.once(requestOf("k"), () => PUBLISHED);
  const again = keys.once(requestOf("k"), () => ({ ...PUBLISHED, offset: 2 }));
  assertEquals([first, again], [PUBLISHED, PUBLISHED]);
});
