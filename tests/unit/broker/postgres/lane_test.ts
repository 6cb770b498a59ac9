import { assertEquals } from "@std/assert";
import { Lane } from "../../../../lib/broker/postgres/lane.ts";
import { systemClock as clock } from "../../../../lib/base/clock.ts";

/** Ends behind what {@linkcode clock} was to do soon; a timer of 0 ms may end before. */
function turn(): Promise<void> {
  return new Promise((resolve) => clock.soon(resolve));
}

Deno.test("Requests of one turn are one batch, and those that come meanwhile are the next", async () => {
  const batches: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  let empty = 0;
  const lane = new Lane<number>({
    clock,
    serve(batch) {
      batches.push(batch);
      return new Promise((resolve) => ends.push(resolve));
    },
    onEmpty: () => empty++,
  });
  lane.add(1);
  lane.add(2);
  await turn();
  lane.add(3);
  lane.add(4);
  await turn();
  assertEquals(batches, [[1, 2]]);
  ends[0]!();
  await turn();
  assertEquals(batches, [[1, 2], [3, 4]]);
  assertEquals(empty, 0);
  ends[1]!();
  await turn();
  assertEquals(empty, 1);
  lane.add(5);
  lane.flush();
  assertEquals(batches.at(-1), [5]);
  ends[2]!();
});

Deno.test("A batch is as long as it is measured", async () => {
  const batches: (readonly number[])[] = [];
  const lane = new Lane<number>({
    clock,
    measure: ({ length }) => Math.min(length, 2),
    serve(batch) {
      batches.push(batch);
      return Promise.resolve();
    },
  });
  for (const request of [1, 2, 3, 4, 5]) lane.add(request);
  await turn();
  assertEquals(batches, [[1, 2], [3, 4], [5]]);
});
