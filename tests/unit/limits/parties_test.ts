import { assert, assertEquals, assertFalse } from "@std/assert";
import { Parties } from "../../../lib/limits/parties.ts";
import {
  DEFAULT_RATE_LIMITS,
  rateTableOf,
} from "../../../lib/limits/rate_limits.ts";

function parties() {
  return new Parties({
    maxConnections: 2,
    rates: rateTableOf({ ...DEFAULT_RATE_LIMITS, messageRate: 10 }),
  });
}

Deno.test("A party has as many connections as it may", () => {
  const party = parties().of("alice", 0);
  assert(party.enter());
  assert(party.enter());
  assertFalse(party.enter());
  party.leave();
  assert(party.enter());
});

Deno.test("A party that comes back at once has the rates that it left with", () => {
  const all = parties();
  const alice = all.of("alice", 0);
  for (let count = 0; count < 20; count++) {
    assertEquals(alice.rates.takeMessage(0, 1), undefined);
  }
  // Others come, so many that those who have gone are forgotten.
  for (let count = 0; count < 5_000; count++) all.of(`other ${count}`, 0);
  assertEquals(all.of("alice", 0).rates.takeMessage(0, 1), "messages");
});

Deno.test("Parties that have gone and used up nothing are forgotten", () => {
  const all = parties();
  for (let count = 0; count < 100_000; count++) all.of(`other ${count}`, 0);
  assert(all.size < 3_000, String(all.size));
});

Deno.test("Parties with a connection are never forgotten", () => {
  const all = parties();
  for (let count = 0; count < 5_000; count++) all.of(`${count}`, 0).enter();
  assertEquals(all.size, 5_000);
  assertEquals(all.of("7", 0).connections, 1);
});
