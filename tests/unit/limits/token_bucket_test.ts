import { assert, assertEquals, assertFalse } from "@std/assert";
import { rateOf, TokenBucket } from "../../../lib/limits/token_bucket.ts";

const RATE = { perSecond: 10, burst: 20 };

/** How many of so many requests a bucket lets through at once. */
function taken(bucket: TokenBucket, now: number, attempts = 100): number {
  return Array.from({ length: attempts }, () => bucket.take(now))
    .filter(Boolean).length;
}

Deno.test("A bucket lets its burst through, and then its rate", () => {
  const bucket = new TokenBucket(RATE, 0);
  assertEquals(taken(bucket, 0), 20);
  assertEquals(taken(bucket, 100), 1);
  assertEquals(taken(bucket, 1_100), 10);
});

Deno.test("A bucket holds no more than its burst, however long nothing is taken", () => {
  const bucket = new TokenBucket(RATE, 0);
  assertEquals(taken(bucket, 1e9), 20);
});

Deno.test("What is refused costs nothing: a client above its rate still gets its rate", () => {
  const bucket = new TokenBucket(RATE, 0);
  let through = 0;
  for (let now = 0; now < 10_000; now += 10) through += taken(bucket, now, 3);
  // The burst, and ten seconds of the rate.
  assert(through >= 118 && through <= 120, String(through));
});

Deno.test("A cost above the burst is let through by a full bucket, and paid for later", () => {
  const bucket = new TokenBucket(RATE, 0);
  assert(bucket.take(0, 50));
  assertFalse(bucket.take(2_900));
  assert(bucket.take(3_100));
  assertFalse(bucket.take(3_100, 50));
});

Deno.test("What is charged may be owed", () => {
  const bucket = new TokenBucket(RATE, 0);
  bucket.charge(0, 30);
  assertFalse(bucket.take(900));
  assert(bucket.take(1_100));
});

Deno.test("A rate of 0 is no limit, and the smallest rate lets one through", () => {
  assertEquals(rateOf(0, 2_000), undefined);
  assertEquals(rateOf(0.1, 2_000), { perSecond: 0.1, burst: 1 });
  assertEquals(rateOf(100, 2_000), { perSecond: 100, burst: 200 });
});
