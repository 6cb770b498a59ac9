import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { IdRing } from "../../../../lib/broker/broadcast/id_ring.ts";

Deno.test("What waits is found by its id until it is taken, and only then", () => {
  const ring = new IdRing<string>();
  assertEquals(ring.get(0), undefined);
  ring.add(7, "seven");
  ring.add(9, "nine");
  assertEquals([ring.get(6), ring.get(8), ring.get(10)], [
    undefined,
    undefined,
    undefined,
  ]);
  assertEquals([ring.get(7), ring.get(9), ring.size], ["seven", "nine", 2]);
  assertEquals([ring.take(7), ring.take(7), ring.size], [
    "seven",
    undefined,
    1,
  ]);
  assertEquals([...ring.values()], ["nine"]);
});

Deno.test("Whoever goes through all may take them out", () => {
  const ring = new IdRing<number>();
  for (let id = 1; id <= 5; id++) ring.add(id, id);
  const seen = [];
  for (const id of ring.values()) {
    ring.take(id);
    seen.push(id);
  }
  assertEquals([seen, ring.size], [[1, 2, 3, 4, 5], 0]);
});

Deno.test("One that waits for long does not stand in the way of thousands", () => {
  const ring = new IdRing<number>();
  ring.add(1, 1);
  for (let id = 2; id < 5_000; id++) {
    ring.add(id, id);
    assertEquals(ring.take(id), id);
  }
  ring.add(5_000, 5_000);
  assertEquals([...ring.values()], [1, 5_000]);
  assertEquals(ring.take(1), 1);
  assertEquals(ring.get(5_000), 5_000);
});

Deno.test("A ring answers as a map does, whatever comes and goes", () => {
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ add: fc.integer({ min: 1, max: 700 }) }),
    },
    { weight: 2, arbitrary: fc.record({ take: fc.nat(3_000) }) },
    { weight: 1, arbitrary: fc.record({ takeAll: fc.constant(true) }) },
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const ring = new IdRing<number>();
    const map = new Map<number, number>();
    let top = 0;
    for (const each of steps) {
      if ("add" in each) {
        ring.add(top += each.add, top);
        map.set(top, top);
      } else if ("take" in each) {
        const id = Math.max(top - each.take, 0);
        assertEquals(ring.take(id), map.get(id));
        map.delete(id);
      } else {
        for (const id of map.keys()) assertEquals(ring.take(id), id);
        map.clear();
      }
      assertEquals([...ring.values()], [...map.values()]);
      assertEquals(ring.size, map.size);
    }
  }));
});
