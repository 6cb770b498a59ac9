import { assert, assertEquals, assertLess } from "@std/assert";
import { applyDelta } from "fossil-delta";
import { centrifugeProtocol } from "../../../lib/protocol/centrifuge.ts";
import { DeltaSearch } from "../../../lib/protocol/delta.ts";
import type { Publication } from "../../../lib/base/publication.ts";

const encoder = new TextEncoder();

/** Rows of which each publication changes one; `bytes` is about how long they are. */
function rowsOf(count: number, bytes: number): Publication[] {
  const rows = Array.from({ length: bytes / 50 }, (_, id) => ({
    id,
    price: id * 7919 % 1000,
    name: `the row with the number ${id}`,
  }));
  return Array.from({ length: count }, (_, index) => {
    rows[index % rows.length]!.price = index;
    return {
      type: "publication",
      channel: "rows",
      payload: { json: JSON.stringify(rows) },
      info: undefined,
      offset: index + 1,
      epoch: "e",
    };
  });
}

/** Number of deltas in the reply to a client that missed `publications`; asserts that the reply has all of them. */
function countDeltas(publications: readonly Publication[]): number {
  const answer = centrifugeProtocol.encodeReply({
    type: "subscribed",
    id: 1,
    channel: "rows",
    result: {
      positioned: true,
      position: { offset: 0, epoch: "e" },
      recovered: true,
      publications,
      delta: true,
    },
  });
  const received = JSON.parse(String(answer)).subscribe.publications;
  let count = 0;
  let text = new Uint8Array();
  for (const [index, { data, delta }] of received.entries()) {
    const bytes = encoder.encode(data);
    text = new Uint8Array(delta ? applyDelta(text, bytes) : bytes);
    if (delta) count++;
    const { payload } = publications[index]!;
    const whole = Object(payload).json;
    assertEquals(new TextDecoder().decode(text), whole);
  }
  return count;
}

Deno.test("A client that missed few publications receives deltas", () => {
  assertEquals(countDeltas(rowsOf(20, 2_000)), 19);
});

Deno.test("A client that missed many publications receives the rest in full, and later clients profit from the search", () => {
  const publications = rowsOf(30, 20_000);
  const first = countDeltas(publications);
  assertLess(first, 10);
  const second = countDeltas(publications);
  assertLess(first, second);
  for (let times = 0; times < 10; times++) countDeltas(publications);
  assertEquals(countDeltas(publications), 29);
});

Deno.test("What is found is of one base, and of what has a place", () => {
  const [first, second, third] = rowsOf(3, 2_000);
  const search = new DeltaSearch();
  const near = search.find(second!, third!);
  assert(near !== undefined);
  assert(search.find(first!, third!) !== near);
  const unplaced = (publication: Publication) => ({
    ...publication,
    offset: 0,
  });
  const target = unplaced(third!);
  assertEquals(search.find(unplaced(second!), target), near);
  assert(search.find(unplaced(first!), target) !== near);
});
