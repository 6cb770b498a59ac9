import { assert, assertEquals, assertFalse } from "@std/assert";
import type { StreamPosition } from "../../../lib/base/publication.ts";
import {
  checkLive,
  judgeRecovery,
  mergeRecovered,
  type RecoveryMode,
} from "../../../lib/base/recovery.ts";

function at(offset: number, epoch = "e"): StreamPosition {
  return { offset, epoch };
}

/** Publications with the offsets from `first` to `last`. */
function range(first: number, last: number): StreamPosition[] {
  const length = Math.max(0, last - first + 1);
  return Array.from({ length }, (_, index) => at(first + index));
}

function judge(
  mode: RecoveryMode,
  since: StreamPosition,
  found: readonly StreamPosition[],
): readonly StreamPosition[] | undefined {
  const top = at(5);
  const recovery = judgeRecovery(found, { since, top, mode });
  assertEquals(recovery.position, top);
  if (!recovery.recovered) assertEquals(recovery.publications, []);
  return recovery.recovered ? recovery.publications : undefined;
}

for (const epoch of ["e", ""]) {
  Deno.test(`A client recovers with all that lies between it and the top, its epoch being "${epoch}"`, () => {
    assertEquals(judge("stream", at(2, epoch), range(3, 5)), range(3, 5));
    assertEquals(judge("stream", at(4, epoch), range(5, 5)), range(5, 5));
    assertEquals(judge("stream", at(5, epoch), []), []);
    assertEquals(judge("stream", at(0, epoch), range(1, 5)), range(1, 5));
  });

  Deno.test(`A client does not recover with a part, its epoch being "${epoch}"`, () => {
    assertEquals(judge("stream", at(2, epoch), range(4, 5)), undefined);
    assertEquals(judge("stream", at(2, epoch), range(3, 4)), undefined);
    assertEquals(judge("stream", at(2, epoch), []), undefined);
    assertEquals(judge("stream", at(0, epoch), []), undefined);
  });

  Deno.test(`A client ahead of the top does not recover, its epoch being "${epoch}"`, () => {
    assertEquals(judge("stream", at(6, epoch), []), undefined);
  });
}

for (const epoch of ["other", "_"]) {
  Deno.test(`A client of the epoch "${epoch}" does not recover, whatever is kept`, () => {
    assertEquals(judge("stream", at(2, epoch), range(3, 5)), undefined);
    assertEquals(judge("stream", at(5, epoch), []), undefined);
    assertEquals(judge("stream", at(0, epoch), range(1, 5)), undefined);
  });
}

Deno.test("Where offsets skip, a client recovers with what begins no later than after it", () => {
  const top = at(30);
  const found = [
    { ...at(20), previous: 10 },
    { ...at(30), previous: 20 },
  ];
  const judgeSparse = (offset: number, publications = found) =>
    judgeRecovery(publications, { since: at(offset), top, mode: "stream" })
      .recovered;
  for (const offset of [10, 13, 19]) assert(judgeSparse(offset));
  for (const offset of [0, 9, 20, 25, 30]) assertFalse(judgeSparse(offset));
  assert(judgeSparse(30, []));
  for (const offset of [0, 29, 31]) assertFalse(judgeSparse(offset, []));
  assertFalse(judgeSparse(10, found.slice(0, 1)));
});

Deno.test("Where offsets skip, a publication is next to all from the one before it on", () => {
  const place = { ...at(20), previous: 10 };
  for (const offset of [10, 11, 19]) {
    assertEquals(checkLive(at(offset), place), "next");
  }
  for (const offset of [20, 21]) {
    assertEquals(checkLive(at(offset), place), "known");
  }
  for (const offset of [0, 9]) {
    assertEquals(checkLive(at(offset), place), "gap");
  }
  assertEquals(checkLive(at(10, "other"), place), "gap");
});

Deno.test("Where offsets skip, what arrives while history is read comes once, after it", () => {
  const sparse = (...offsets: number[]) =>
    offsets.map((offset) => ({ ...at(offset), previous: offset - 10 }));
  const history = { position: at(30), publications: sparse(20, 30) };
  assertEquals(mergeRecovered(history, sparse(20, 30, 40, 50)), [
    ...history.publications,
    ...sparse(40, 50),
  ]);
  assertEquals(mergeRecovered(history, sparse(50)), undefined);
});

Deno.test("In cache mode a client recovers with the newest publication, wherever it was", () => {
  for (const since of [at(0, ""), at(2), at(4, ""), at(9), at(5, "other")]) {
    assertEquals(judge("cache", since, range(5, 5)), range(5, 5));
  }
});

Deno.test("In cache mode a client that is at the top needs nothing", () => {
  assertEquals(judge("cache", at(5), range(5, 5)), []);
  assertEquals(judge("cache", at(5), []), []);
});

Deno.test("In cache mode a client does not recover when the newest is not kept", () => {
  assertEquals(judge("cache", at(2), []), undefined);
  assertEquals(judge("cache", at(2), range(4, 4)), undefined);
});

Deno.test("In cache mode a client that never had anything does not recover from an empty stream", () => {
  const [since, top] = [at(0), at(0)];
  assertEquals(judgeRecovery([], { since, top, mode: "cache" }), {
    recovered: false,
    position: top,
    publications: [],
  });
});

Deno.test("In cache mode a client that had to drop its state does not recover", () => {
  assertEquals(judge("cache", at(0, "_"), range(5, 5)), undefined);
});

Deno.test("A publication is next, known, or beyond a gap", () => {
  assertEquals(checkLive(at(5), at(6)), "next");
  assertEquals(checkLive(at(5), at(5)), "known");
  assertEquals(checkLive(at(5), at(1)), "known");
  assertEquals(checkLive(at(5), at(7)), "gap");
  assertEquals(checkLive(at(0), at(1)), "next");
});

Deno.test("A publication of another epoch is beyond a gap at every offset", () => {
  for (const offset of [1, 5, 6, 7]) {
    assertEquals(checkLive(at(5), at(offset, "other")), "gap");
  }
});

Deno.test("What arrives while history is read comes once, after it", () => {
  const history = { position: at(5), publications: range(3, 5) };
  assertEquals(mergeRecovered(history, []), range(3, 5));
  assertEquals(mergeRecovered(history, range(6, 7)), range(3, 7));
  assertEquals(mergeRecovered(history, range(4, 7)), range(3, 7));
  assertEquals(mergeRecovered(history, range(1, 4)), range(3, 5));
  assertEquals(
    mergeRecovered(history, [...range(5, 6), ...range(5, 7)]),
    range(3, 7),
  );
});

Deno.test("What arrives is held against the position that was read, also when nothing was missed", () => {
  const history = { position: at(5), publications: [] };
  assertEquals(mergeRecovered(history, range(5, 6)), range(6, 6));
  assertEquals(mergeRecovered(history, range(7, 7)), undefined);
});

Deno.test("A hole before or among what arrives is reported", () => {
  const history = { position: at(5), publications: range(3, 5) };
  assertEquals(mergeRecovered(history, range(7, 8)), undefined);
  assertEquals(mergeRecovered(history, [at(6), at(8)]), undefined);
  assertEquals(mergeRecovered(history, [at(6, "other")]), undefined);
});
