import { assertEquals } from "@std/assert";
import config from "../../../deno.json" with { type: "json" };
import { VERSION } from "../../../lib/base/version.ts";

Deno.test("The server says the version of the package", () => {
  assertEquals(VERSION, config.version);
});
