/** A wait ends in time, whatever its condition does. */

import { assertEquals, assertRejects } from "@std/assert";
import { DeadlineError } from "../../support/deadline.ts";
import { eventually } from "../../support/eventually.ts";

const options = { awaited: "a miracle", timeoutMs: 20 };

Deno.test("A condition that holds later is waited for", async () => {
  let looks = 0;
  await eventually(() => ++looks === 3, { awaited: "a third look" });
  assertEquals(looks, 3);
});

Deno.test("A condition that does not hold in time, or never settles, is an error that says what was awaited", async () => {
  const never = new Promise<boolean>(() => {});
  for (const condition of [() => false, () => never]) {
    await assertRejects(
      () => eventually(condition, options),
      DeadlineError,
      "Waited 20 ms for a miracle",
    );
  }
});

Deno.test("An error of a condition ends the wait", async () => {
  const fail = () => Promise.reject(new RangeError("no"));
  await assertRejects(() => eventually(fail, options), RangeError, "no");
});
