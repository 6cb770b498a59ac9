import { assert, assertEquals, assertFalse } from "@std/assert";
import { Admission } from "../../../lib/hub/admission.ts";

Deno.test("As many may enter as there are places, and one more when one has left", () => {
  const admission = new Admission(2);
  assert(admission.enter());
  assert(admission.enter());
  assertFalse(admission.enter());
  assertEquals(admission.count, 2);
  admission.leave();
  assert(admission.enter());
});
