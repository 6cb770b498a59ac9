import { assert, assertEquals, assertFalse } from "@std/assert";
import { Admission } from "../../../lib/hub/admission.ts";
import {
  DEFAULT_LIMITS,
  type HubLimits,
} from "../../../lib/limits/hub_limits.ts";
import { Refusals } from "../../../lib/limits/refusals.ts";

function admissionOf(limits: Partial<HubLimits>) {
  const time = { now: 0 };
  const refusals = new Refusals();
  const admission = new Admission({
    limits: { ...DEFAULT_LIMITS, ...limits },
    time,
    counters: { refusals },
  });
  return { admission, time, refusals };
}

Deno.test("As many may enter as there are places, and one more when one has left", () => {
  const { admission } = admissionOf({ maxConnections: 2 });
  assert(admission.enter());
  const place = admission.enter();
  assert(place);
  assertFalse(admission.enter());
  assertEquals(admission.count, 2);
  place.leave();
  assert(admission.enter());
});

Deno.test("A place that is given back twice is one place", () => {
  const { admission } = admissionOf({ maxConnections: 2 });
  const place = admission.enter();
  admission.enter();
  place?.leave();
  place?.leave();
  assertEquals(admission.count, 1);
});

Deno.test("One address has no more places than it may, and others have theirs", () => {
  const { admission, refusals } = admissionOf({ maxConnectionsPerAddress: 2 });
  const place = admission.enter("192.0.2.1");
  assert(admission.enter("192.0.2.1"));
  assertFalse(admission.enter("192.0.2.1"));
  admission.countRefusal();
  assertFalse(admission.enterBriefly("192.0.2.1"));
  assert(admission.enter("192.0.2.2"));
  assert(admission.enter());
  place?.leave();
  assert(admission.enter("192.0.2.1"));
  assertEquals(refusals.connectionsPerAddress, 1);
});

Deno.test("Clients are let in at the connect rate, after a burst", () => {
  const { admission, time, refusals } = admissionOf({
    connectRate: 10,
    connectBurstMs: 500,
  });
  const letIn = () =>
    Array.from({ length: 20 }, () => admission.admit()).filter(Boolean).length;
  assertEquals(letIn(), 5);
  time.now = 200;
  assertEquals(letIn(), 2);
  time.now = 10_000;
  assertEquals(letIn(), 5);
  assertEquals(refusals.connectRate, 48);
});

Deno.test("One address that connects all the time does not keep others out", () => {
  const { admission, refusals } = admissionOf({
    connectRate: 10,
    connectRatePerAddress: 2,
    rateBurstMs: 1_000,
  });
  const attempts = Array.from(
    { length: 50 },
    () => admission.admit("192.0.2.1"),
  );
  assertEquals(attempts.filter(Boolean).length, 2);
  assert(admission.admit("192.0.2.2"));
  assertEquals(refusals.connectRatePerAddress, 48);
  assertEquals(refusals.connectRate, 0);
});
