import { assertEquals } from "@std/assert";
import { Admission } from "../../../lib/limits/admission.ts";
import { takePlace } from "../../../lib/transports/place.ts";

function hub(places: number, draining = false) {
  return { admission: new Admission(places), draining };
}

Deno.test("A place is kept until the response is over, however early all of it is written", async () => {
  for (const how of ["resolve", "reject"] as const) {
    const response = Promise.withResolvers<void>();
    const busy = hub(1);
    const place = takePlace(busy, { completed: response.promise });
    place?.written();
    await Promise.resolve();
    assertEquals(busy.admission.count, 1);
    response[how]();
    await response.promise.catch(() => {});
    await Promise.resolve();
    assertEquals(busy.admission.count, 0);
  }
});

Deno.test("Where nobody tells when that is, a place is given back once all is written, and once only", () => {
  const busy = hub(2);
  const place = takePlace(busy);
  takePlace(busy);
  place?.written();
  place?.written();
  assertEquals(busy.admission.count, 1);
});

Deno.test("There is no place in a hub that is full or draining, but for what is over with its request", () => {
  assertEquals(takePlace(hub(1, true)), undefined);
  assertEquals(takePlace(hub(1, true), { brief: true }), undefined);
  const full = hub(1);
  takePlace(full);
  assertEquals(takePlace(full), undefined);
  takePlace(full, { brief: true })?.written();
  assertEquals(full.admission.count, 1);
  for (let count = 0; count < 64; count++) {
    takePlace(full, { brief: true });
  }
  assertEquals(takePlace(full, { brief: true }), undefined);
  assertEquals(full.admission.count, 65);
});
