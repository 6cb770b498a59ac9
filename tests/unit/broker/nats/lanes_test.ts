import { assertEquals } from "@std/assert";
import { Lanes } from "../../../../lib/broker/nats/lanes.ts";

/** Lanes whose publications begin and end when the test says so. */
function setUp() {
  const lanes = new Lanes();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, pace: Parameters<Lanes["run"]>[1]) => {
    lanes.run("room", pace, () => {
      begun.push(name);
      return new Promise<void>((resolve) => void ends.set(name, resolve));
    });
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { lanes, begun, run, end };
}

Deno.test("Publications that are stored go beside each other", () => {
  const { begun, run } = setUp();
  for (const name of ["a", "b", "c"]) run(name, "beside");
  assertEquals(begun, ["a", "b", "c"]);
});

Deno.test("One that is not stored waits for those before it, and those after it wait for its turn alone", async () => {
  const { begun, run, end } = setUp();
  run("a", "beside");
  run("b", "beside");
  run("join", "after");
  run("leave", "after");
  run("c", "beside");
  assertEquals(begun, ["a", "b"]);
  await end("b");
  assertEquals(begun, ["a", "b"]);
  await end("a");
  assertEquals(begun, ["a", "b", "join", "leave", "c"]);
});

Deno.test("One that is alone waits for all others, and all others for it", async () => {
  const { begun, run, end } = setUp();
  run("a", "beside");
  run("version", "alone");
  run("b", "beside");
  assertEquals(begun, ["a"]);
  await end("a");
  assertEquals(begun, ["a", "version"]);
  await end("version");
  assertEquals(begun, ["a", "version", "b"]);
});

Deno.test("A publication that fails is the caller's, and the next one begins", async () => {
  const { lanes, begun, run } = setUp();
  const failing = lanes.run("room", "alone", () => Promise.reject("no"));
  run("next", "alone");
  assertEquals(await failing.catch((reason) => reason), "no");
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(begun, ["next"]);
});

Deno.test("Channels do not wait for each other", async () => {
  const { lanes, begun, run } = setUp();
  run("a", "alone");
  assertEquals(await lanes.run("other", "alone", () => Promise.resolve(1)), 1);
  assertEquals(begun, ["a"]);
});
