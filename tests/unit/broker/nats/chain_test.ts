import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import { Chain, type Link } from "../../../../lib/broker/nats/chain.ts";

/** Messages of one subject with these sequence numbers, after the number `start`. */
function linksOf(seqs: readonly number[], start = 0): Link<string>[] {
  return seqs.map((seq, index) => ({
    seq,
    previous: seqs[index - 1] ?? start,
    message: `${seq}`,
  }));
}

function collect(last: number | undefined) {
  const seen: number[] = [];
  const chain = new Chain<string>(({ seq }) => seen.push(seq));
  chain.restart(last);
  return { chain, seen };
}

Deno.test("Messages in whatever order, some of them twice, are passed on once, in the order of the stream", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 40 })
        .map((seqs) => seqs.sort((one, other) => one - other)).chain((seqs) =>
          fc.tuple(
            fc.constant(seqs),
            fc.shuffledSubarray(linksOf(seqs), { minLength: seqs.length }),
            fc.subarray(linksOf(seqs)),
          )
        ),
      ([seqs, arrived, again]) => {
        const { chain, seen } = collect(0);
        for (const link of [...again, ...arrived, ...again]) {
          chain.receive(link);
        }
        assertEquals(seen, seqs);
        assertFalse(chain.isBroken);
      },
    ),
  );
});

Deno.test("What follows a lost message waits until it is read", () => {
  const { chain, seen } = collect(10);
  const [lost, next, last] = linksOf([12, 15, 19], 10);
  chain.receive(last!);
  chain.receive(next!);
  assertEquals(seen, []);
  assert(chain.isBroken);
  chain.fill([lost!]);
  assertEquals(seen, [12, 15, 19]);
  assertFalse(chain.isBroken);
});

Deno.test("What was read and waits besides is passed on once", () => {
  const { chain, seen } = collect(10);
  const links = linksOf([12, 15, 19], 10);
  chain.receive(links[1]!);
  chain.fill(links);
  assertEquals(seen, [12, 15, 19]);
  assertFalse(chain.isBroken);
});

Deno.test("A message that names an older one than the last, as where all others have expired, is next", () => {
  const { chain, seen } = collect(57);
  chain.receive({ seq: 99, previous: 0, message: "99" });
  chain.receive({ seq: 57, previous: 0, message: "57" });
  assertEquals(seen, [99]);
});

Deno.test("A chain without a beginning begins with what comes first", () => {
  const { chain, seen } = collect(undefined);
  for (const link of linksOf([12, 15], 10)) chain.receive(link);
  assertEquals(seen, [12, 15]);
  assertEquals(chain.last, 15);
});

Deno.test("A message that waits for one that is gone is passed on once it is read, and forgotten when others were", () => {
  const { chain, seen } = collect(10);
  chain.receive({ seq: 30, previous: 20, message: "30" });
  chain.fill([{ seq: 40, previous: 10, message: "40" }]);
  assertEquals(seen, [40]);
  assertFalse(chain.isBroken);
});
