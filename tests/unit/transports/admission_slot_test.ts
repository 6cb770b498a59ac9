import { assertEquals } from "@std/assert";
import { Admission } from "../../../lib/hub/admission.ts";
import { DEFAULT_LIMITS } from "../../../lib/limits/hub_limits.ts";
import { Refusals } from "../../../lib/limits/refusals.ts";
import { takeSlot } from "../../../lib/transports/admission_slot.ts";

function hub(slots: number, draining = false) {
  const limits = { ...DEFAULT_LIMITS, maxConnections: slots };
  const admission = new Admission({
    limits,
    time: { now: 0 },
    counters: { refusals: new Refusals() },
  });
  return { admission, draining };
}

Deno.test("A slot is kept until the response is over, however early all of it is written", async () => {
  for (const how of ["resolve", "reject"] as const) {
    const response = Promise.withResolvers<void>();
    const busy = hub(1);
    const slot = takeSlot(busy, { completed: response.promise });
    slot?.written();
    await Promise.resolve();
    assertEquals(busy.admission.count, 1);
    response[how]();
    await response.promise.catch(() => {});
    await Promise.resolve();
    assertEquals(busy.admission.count, 0);
  }
});

Deno.test("Where the end of a response is not reported, its slot is given back once all is written, and once only", () => {
  const busy = hub(2);
  const slot = takeSlot(busy);
  takeSlot(busy);
  slot?.written();
  slot?.written();
  assertEquals(busy.admission.count, 1);
});

Deno.test("There is no slot in a hub that is full or draining, but for what is over with its request", () => {
  assertEquals(takeSlot(hub(1, true)), undefined);
  assertEquals(takeSlot(hub(1, true), { brief: true }), undefined);
  const full = hub(1);
  takeSlot(full);
  assertEquals(takeSlot(full), undefined);
  takeSlot(full, { brief: true })?.written();
  assertEquals(full.admission.count, 1);
  for (let count = 0; count < 64; count++) {
    takeSlot(full, { brief: true });
  }
  assertEquals(takeSlot(full, { brief: true }), undefined);
  assertEquals(full.admission.count, 65);
});
