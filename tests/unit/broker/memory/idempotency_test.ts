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

/** The keys of `keys`, as they are handed on. */
function known(keys: Idempotency): string[] {
  return keys.list().map(({ key }) => key.replace("room\n", ""));
}

Deno.test("Of the keys that are noted the newest are kept, as long as they count", () => {
  const clock = new FakeClock();
  const keys = new Idempotency(clock, 3);
  for (const key of ["a", "b", "a", "c", "d"]) {
    keys.note(requestOf(key), PUBLISHED);
  }
  assertEquals(known(keys), ["b", "c", "d"]);
  clock.advance(IDEMPOTENCY_MS);
  keys.note(requestOf("e"), PUBLISHED);
  assertEquals(known(keys), ["e"]);
  for (const key of ["f", "g", "h"]) keys.once(requestOf(key), () => PUBLISHED);
  assertEquals(known(keys), ["f", "g", "h"]);
});

Deno.test("A key that was handed on counts for as long as it would have in the first broker", () => {
  const clock = new FakeClock();
  const [here, there] = [1, 2].map(() => new Idempotency(clock, 10)) as [
    Idempotency,
    Idempotency,
  ];
  here.note(requestOf("k"), PUBLISHED);
  clock.advance(IDEMPOTENCY_MS - 1);
  there.recall(here.list());
  let count = 0;
  const publish = () => ({ ...PUBLISHED, offset: ++count + 1 });
  assertEquals(there.once(requestOf("k"), publish), PUBLISHED);
  clock.advance(1);
  assertEquals(there.once(requestOf("k"), publish).offset, 2);
  // A key that is handed on again is older than the known one.
  there.recall(here.list());
  assertEquals(there.once(requestOf("k"), publish).offset, 2);
});
