/** The part of deno.json that only Deno Deploy reads, so that no other test notices a mistake in it. */

import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

Deno.test("Deno Deploy runs main.ts: its runtime has the keys `type` and `entrypoint`", async () => {
  const { runtime } = config.deploy;
  assertEquals(runtime, { type: "dynamic", entrypoint: "main.ts" });
  const entrypoint = new URL(`../../${runtime.entrypoint}`, import.meta.url);
  assertEquals((await Deno.stat(entrypoint)).isFile, true);
});
