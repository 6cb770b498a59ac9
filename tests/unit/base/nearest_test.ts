/** Nearest of some names to a misspelt one. */

import { assertEquals } from "@std/assert";
import { nearestOf } from "../../../lib/base/nearest.ts";

const KNOWN = ["channel", "since", "uid"];

Deno.test("A letter too many, too few, wrong or swapped is one edit, in any case of letters", () => {
  for (
    const name of ["channels", "chanel", "chammel", "hcannel", "Channel"]
  ) assertEquals(nearestOf(name, KNOWN), "channel", name);
});

Deno.test("A name that is far from all has no nearest, and the nearer of two wins", () => {
  assertEquals(nearestOf("token", KNOWN), undefined);
  assertEquals(nearestOf("abc", ["abd", "abcd", "abc"]), "abc");
  assertEquals(nearestOf("abcx", ["abdd", "abcd"]), "abcd");
  assertEquals(nearestOf("", KNOWN), undefined);
  assertEquals(nearestOf("a", []), undefined);
});

Deno.test("A caller decides how many edits are near", () => {
  assertEquals(nearestOf("chanel", KNOWN, () => 0), undefined);
  assertEquals(nearestOf("chnl", KNOWN, () => 3), "channel");
});
