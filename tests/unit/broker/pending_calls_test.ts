import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { PendingCalls } from "../../../lib/broker/pending_calls.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const TIMEOUT_MS = 5_000;

/** A table, and the calls that have expired. */
class Scene<C> {
  readonly clock = new FakeClock();
  readonly expired: C[] = [];
  readonly calls: PendingCalls<C>;

  constructor() {
    this.calls = new PendingCalls({
      clock: this.clock,
      timeoutMs: TIMEOUT_MS,
      onTimeout: (call) => this.expired.push(call),
    });
  }
}

Deno.test("A call is found by its id until it is taken, and only then", () => {
  const { calls } = new Scene<string>();
  assertEquals(calls.get(0), undefined);
  assertEquals(calls.nextId, 1);
  assertEquals([calls.add("one"), calls.add("two")], [1, 2]);
  assertEquals([calls.get(0), calls.get(3)], [undefined, undefined]);
  assertEquals([calls.get(1), calls.get(2), calls.size], ["one", "two", 2]);
  assertEquals([calls.take(1), calls.take(1), calls.size], [
    "one",
    undefined,
    1,
  ]);
  assertEquals([...calls.values()], ["two"]);
});

Deno.test("A call without an answer expires in time, and no other one does", () => {
  const { calls, clock, expired } = new Scene<string>();
  calls.add("answered");
  calls.add("early");
  clock.advance(3_000);
  const late = calls.add("late");
  calls.take(1);
  clock.advance(TIMEOUT_MS - 3_000 - 1);
  assertEquals(expired, []);
  // The table looks four times in the time of a call.
  clock.advance(TIMEOUT_MS / 4);
  assertEquals(expired, ["early"]);
  assertEquals(calls.get(late), "late");
  clock.advance(TIMEOUT_MS);
  assertEquals(expired, ["early", "late"]);
  assertEquals([calls.size, clock.pending], [0, 0]);
});

Deno.test("A call that is added when another one expires is not left behind", () => {
  const clock = new FakeClock();
  let expired = 0;
  const calls: PendingCalls<number> = new PendingCalls({
    clock,
    timeoutMs: TIMEOUT_MS,
    onTimeout: () => {
      if (++expired < 3) calls.add(expired);
    },
  });
  calls.add(0);
  clock.advance(4 * TIMEOUT_MS);
  assertEquals([expired, calls.size, clock.pending], [3, 0, 0]);
});

Deno.test("Closing stops the timer, and the calls that fit are taken with the oldest first", () => {
  const { calls, clock } = new Scene<number>();
  for (let call = 1; call <= 5; call++) calls.add(call);
  assertEquals(calls.takeAll((call) => call % 2 === 0), [2, 4]);
  assertEquals([...calls.values()], [1, 3, 5]);
  assertEquals(calls.takeAll(), [1, 3, 5]);
  calls.close();
  assertEquals([calls.size, clock.pending], [0, 0]);
});

Deno.test("Calls may be taken while the table is iterated", () => {
  const { calls } = new Scene<number>();
  for (let call = 1; call <= 5; call++) calls.add(call);
  const seen = [];
  for (const call of calls.values()) {
    calls.take(call);
    seen.push(call);
  }
  assertEquals([seen, calls.size], [[1, 2, 3, 4, 5], 0]);
});

Deno.test("A call that waits for long does not stand in the way of thousands", () => {
  const { calls } = new Scene<number>();
  calls.add(1);
  for (let call = 2; call < 5_000; call++) {
    calls.add(call);
    assertEquals(calls.take(call), call);
  }
  calls.add(5_000);
  assertEquals([...calls.values()], [1, 5_000]);
  assertEquals(calls.take(1), 1);
  assertEquals(calls.get(5_000), 5_000);
});

Deno.test("The table answers as a map does, in any order of additions and removals", () => {
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ add: fc.integer({ min: 1, max: 700 }) }),
    },
    { weight: 2, arbitrary: fc.record({ take: fc.nat(3_000) }) },
    { weight: 1, arbitrary: fc.record({ takeAll: fc.constant(true) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { calls } = new Scene<number>();
      const map = new Map<number, number>();
      let top = 0;
      for (const each of steps) {
        if ("add" in each) {
          for (let count = 0; count < each.add; count++) {
            map.set(++top, top);
            assertEquals(calls.add(top), top);
          }
        } else if ("take" in each) {
          const id = Math.max(top - each.take, 0);
          assertEquals(calls.take(id), map.get(id));
          map.delete(id);
        } else {
          assertEquals(calls.takeAll(), [...map.values()]);
          map.clear();
        }
        assertEquals([...calls.values()], [...map.values()]);
        assertEquals(calls.size, map.size);
      }
    }),
    { numRuns: 30 },
  );
});
