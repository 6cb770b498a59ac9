import { assertEquals, assertStrictEquals } from "@std/assert";
import { SharedFrames } from "../../../lib/transports/shared_frames.ts";

Deno.test("Forms are remembered while frames follow each other, and no more than so many", () => {
  let made = 0;
  const shared = new SharedFrames((frame) => `${++made} ${frame}`);
  for (let round = 0; round < 3; round++) {
    for (const frame of ["a", "b", "c"]) shared.get(frame);
  }
  assertEquals(made, 3);
  for (let frame = 0; frame < 200; frame++) shared.get(`${frame}`);
  assertEquals(made, 203);
  assertEquals(shared.get("a"), "204 a");
  const long = "x".repeat(300_000);
  shared.get(long);
  shared.get("b");
  assertEquals(shared.get(long), `207 ${long}`);
});

Deno.test("Frames of bytes are remembered too: those that are the same, and not those that are equal", () => {
  const shared = new SharedFrames((frame) =>
    new Uint8Array(frame as ArrayBuffer)
  );
  const [first, second] = [1, 2].map(() => new ArrayBuffer(200_000));
  const form = shared.get(first!);
  shared.get(second!);
  assertStrictEquals(shared.get(second!), shared.get(second!));
  // The two are longer than all may be together.
  assertEquals(shared.get(first!) === form, false);
});
