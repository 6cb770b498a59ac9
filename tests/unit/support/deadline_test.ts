import { assertEquals, assertRejects } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { deadline, DeadlineError } from "../../support/deadline.ts";

Deno.test("deadline settles as its promise does", async () => {
  assertEquals(await deadline(Promise.resolve(1), { awaited: "one" }), 1);
  await assertRejects(
    () => deadline(Promise.reject(new RangeError("far")), { awaited: "one" }),
    RangeError,
    "far",
  );
});

Deno.test("deadline is real while time is fake", async () => {
  using _time = new FakeTime();
  await assertRejects(
    () => deadline(new Promise(() => {}), { awaited: "ever", timeoutMs: 1 }),
    DeadlineError,
    "Waited 1 ms for ever",
  );
});
