import { assert, assertEquals, assertFalse } from "@std/assert";
import { ClientGroups } from "../../../lib/limits/client_groups.ts";
import { RateTable } from "../../../lib/limits/client_rates.ts";
import { DEFAULT_LIMITS } from "../../../lib/limits/hub_limits.ts";
import { Refusals } from "../../../lib/limits/refusals.ts";

function groups() {
  return new ClientGroups({
    maxConnections: 2,
    rates: new RateTable({
      limits: { ...DEFAULT_LIMITS, messageRate: 10 },
      time: { now: 0 },
      refusals: new Refusals(),
    }),
  });
}

Deno.test("A group has as many connections as it may", () => {
  const group = groups().of("alice");
  assert(group.enter());
  assert(group.enter());
  assertFalse(group.enter());
  group.leave();
  assert(group.enter());
});

Deno.test("A group that comes back at once has the rates that it left with", () => {
  const all = groups();
  const alice = all.of("alice");
  for (let count = 0; count < 20; count++) {
    assertEquals(alice.rates.takeMessage(1), undefined);
  }
  // Others come, so many that those who have gone are forgotten.
  for (let count = 0; count < 5_000; count++) all.of(`other ${count}`);
  assertEquals(all.of("alice").rates.takeMessage(1), "messages");
});

Deno.test("Groups that have gone and used up nothing are forgotten", () => {
  const all = groups();
  for (let count = 0; count < 100_000; count++) all.of(`other ${count}`);
  assert(all.size < 3_000, String(all.size));
});

Deno.test("Groups with a connection are never forgotten", () => {
  const all = groups();
  for (let count = 0; count < 5_000; count++) all.of(`${count}`).enter();
  assertEquals(all.size, 5_000);
  assertEquals(all.of("7").connections, 1);
});
