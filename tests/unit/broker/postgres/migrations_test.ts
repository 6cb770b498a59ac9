import { assertEquals } from "@std/assert";
import { hash64 } from "../../../../lib/base/hash.ts";
import {
  FUNCTIONS,
  MIGRATIONS,
  SCHEMA_VERSION,
} from "../../../../lib/broker/postgres/migrations.ts";

Deno.test("No migration is edited, and functions with another text come with a new version of the schema", () => {
  // After a change of functions: another migration, empty if no table changes with it,
  // and its hash here. The hashes that are here already stay.
  assertEquals(MIGRATIONS.map(hash64), [
    "dd7daab77a968024",
    "cbf29ce484222325",
    "f94a9d1fd0955ee3",
    "cbf29ce484222325",
  ]);
  assertEquals([SCHEMA_VERSION, hash64(FUNCTIONS)], [4, "d859ad90f757ec3f"]);
});
