import { assertEquals, assertThrows } from "@std/assert";
import { at, Scene } from "./stream_scene.ts";

Deno.test("A stream begins at 0 and counts from 1", () => {
  const s = new Scene();
  assertEquals(s.stream.position, at(0));
  assertEquals(s.read(), []);
  const options = { size: 1, ttlMs: 1, nowMs: 0 };
  assertEquals(s.stream.append((position) => position, options), at(1));
  assertEquals(s.stream.append((position) => position, options), at(2));
  assertEquals(s.stream.position, at(2));
});

Deno.test("A publication that cannot be made takes no offset", () => {
  const s = new Scene();
  const fail = () => {
    throw new RangeError("cannot be made");
  };
  const options = { size: 1, ttlMs: 1, nowMs: 0 };
  assertThrows(() => s.stream.append(fail, options), RangeError);
  s.append();
  assertEquals(s.read(), [1]);
});

Deno.test("A stream keeps the newest up to its size", () => {
  const s = new Scene();
  s.append({ times: 3, size: 3 });
  assertEquals(s.read(), [1, 2, 3]);
  s.append({ size: 3 });
  assertEquals(s.read(), [2, 3, 4]);
});

Deno.test("A size that changes counts from the next publication on", () => {
  const s = new Scene();
  s.append({ times: 20, size: 20 });
  s.append({ size: 2 });
  assertEquals(s.read(), [20, 21]);
  s.append({ times: 20, size: 30 });
  assertEquals(s.read(), Array.from({ length: 22 }, (_, index) => 20 + index));
});

for (const none of [{ size: 0 }, { ttlMs: 0 }]) {
  Deno.test(`A stream with ${JSON.stringify(none)} has a position and keeps nothing`, () => {
    const s = new Scene();
    s.append({ times: 2 });
    s.append(none);
    assertEquals(s.stream.position, at(3));
    assertEquals(s.read(), []);
    s.append();
    assertEquals(s.read(), [4]);
  });
}

Deno.test("All that is kept expires a TTL after the newest publication, and the position stays", () => {
  const s = new Scene();
  s.append({ ttlMs: 1_000 });
  s.nowMs = 900;
  s.append({ ttlMs: 1_000 });
  s.nowMs = 1_899;
  assertEquals(s.read(), [1, 2]);
  s.nowMs = 1_900;
  assertEquals(s.read(), []);
  assertEquals(s.stream.position, at(2));
});

Deno.test("A publication does not bring back what had expired before it", () => {
  const s = new Scene();
  s.append({ times: 3, ttlMs: 1_000 });
  s.nowMs = 1_000;
  s.append({ ttlMs: 1_000 });
  assertEquals(s.read(), [4]);
});

Deno.test("A stream that is cleared keeps its position and goes on", () => {
  const s = new Scene();
  s.append({ times: 3 });
  s.stream.clear();
  assertEquals(s.read(), []);
  assertEquals(s.stream.position, at(3));
  assertEquals(s.recover(3), []);
  assertEquals(s.recover(2), undefined);
  s.append();
  assertEquals(s.read(), [4]);
});

Deno.test("History has the position alone, some, or all up to the cap", () => {
  const s = new Scene();
  s.append({ times: 10 });
  assertEquals(s.read({ limit: 0 }), []);
  assertEquals(s.read({ limit: 1 }), [1]);
  assertEquals(s.read({ limit: 3 }), [1, 2, 3]);
  assertEquals(s.read({ limit: 3, reverse: true }), [10, 9, 8]);
  assertEquals(s.read({ limit: 100 }).length, 10);
  assertEquals(s.read({ limit: -1, cap: 2 }), [1, 2]);
  assertEquals(s.read({ limit: 100, cap: 2, reverse: true }), [10, 9]);
});

Deno.test("History has 300 publications at most by default", () => {
  const s = new Scene();
  s.append({ times: 400, size: 400 });
  assertEquals(s.read({ limit: 400 }).length, 300);
  assertEquals(s.read({ limit: -1, reverse: true }).length, 300);
  assertEquals(s.read({ limit: -1, cap: 1_000 }).length, 400);
});

Deno.test("History goes on after a position, in reverse before it", () => {
  const s = new Scene();
  s.append({ times: 5 });
  for (const epoch of ["e", ""]) {
    assertEquals(s.read({ since: at(0, epoch) }), [1, 2, 3, 4, 5]);
    assertEquals(s.read({ since: at(3, epoch) }), [4, 5]);
    assertEquals(s.read({ since: at(3, epoch), limit: 1 }), [4]);
    assertEquals(s.read({ since: at(5, epoch) }), []);
    const reverse = true;
    assertEquals(s.read({ since: at(3, epoch), reverse }), [2, 1]);
    assertEquals(s.read({ since: at(3, epoch), reverse, limit: 1 }), [2]);
    assertEquals(s.read({ since: at(6, epoch), reverse, limit: 1 }), [5]);
    assertEquals(s.read({ since: at(1, epoch), reverse }), []);
    assertEquals(s.read({ since: at(0, epoch), reverse }), []);
  }
});

Deno.test("History from a position of another epoch is unrecoverable", () => {
  const s = new Scene();
  s.append({ times: 5 });
  for (const reverse of [false, true]) {
    for (const limit of [-1, 0]) {
      const since = at(3, "other");
      assertEquals(s.read({ since, limit, reverse }), "unrecoverable");
    }
  }
});

Deno.test("History forward has what is kept, and its offsets tell what is not", () => {
  const s = new Scene();
  s.append({ times: 5, size: 3, ttlMs: 1_000 });
  assertEquals(s.read({ since: at(2) }), [3, 4, 5]);
  assertEquals(s.read({ since: at(0) }), [3, 4, 5]);
  assertEquals(s.read({ since: at(0), limit: 2 }), [3, 4]);
  s.nowMs = 1_000;
  assertEquals(s.read({ since: at(4) }), []);
});

Deno.test("History forward from ahead of the top has nothing", () => {
  const s = new Scene();
  s.append({ times: 5 });
  for (const epoch of ["e", ""]) {
    assertEquals(s.read({ since: at(6, epoch) }), []);
  }
});

Deno.test("History in reverse ends where the memory does, and begins at the top from ahead of it", () => {
  const s = new Scene();
  s.append({ times: 5, size: 3 });
  const reverse = true;
  assertEquals(s.read({ since: at(4), reverse }), [3]);
  assertEquals(s.read({ since: at(3), reverse }), []);
  assertEquals(s.read({ since: at(1), reverse }), []);
  assertEquals(s.read({ since: at(100), reverse, limit: 2 }), [5, 4]);
});

Deno.test("A stream may be forgotten a while after its last use, and not while it keeps anything", () => {
  const s = new Scene();
  assertEquals(s.stream.expiresAt(5_000), 5_000);
  s.nowMs = 1_000;
  s.append({ ttlMs: 10_000 });
  assertEquals(s.stream.expiresAt(5_000), 11_000);
  assertEquals(s.stream.expiresAt(50_000), 51_000);
  s.nowMs = 20_000;
  s.stream.expire(s.nowMs);
  assertEquals(s.stream.expiresAt(5_000), 6_000);
  s.read({ limit: 0 });
  assertEquals(s.stream.expiresAt(5_000), 25_000);
});
