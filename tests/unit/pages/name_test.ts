/** Names as the pages show them. */

import { assertEquals } from "@std/assert";
import { visibleName } from "../../../routes/pages/name.tsx";

Deno.test("A name of what everybody sees is shown as it is", () => {
  for (const name of ["bob", "Zoë Müller", "山田", "chat:room/1#a,b", "😀"]) {
    assertEquals(visibleName(name), name);
  }
  assertEquals(visibleName(""), "");
});

Deno.test("Characters that are not seen, or that turn others, are shown by their code points", () => {
  const cases = {
    "bo\u200bb": "bo[U+200B]b",
    "\u202egro.elpmaxe": "[U+202E]gro.elpmaxe",
    "a\u2066b\u2069": "a[U+2066]b[U+2069]",
    "a\nb\x7f\0": "a[U+000A]b[U+007F][U+0000]",
    "bob\u00a0\u3164": "bob[U+00A0][U+3164]",
    "bob\ufe0f\u2800": "bob[U+FE0F][U+2800]",
    "bob\u{e0041}": "bob[U+E0041]",
    "bob\ud800": "bob[U+D800]",
  };
  for (const [name, expected] of Object.entries(cases)) {
    assertEquals(visibleName(name), expected);
  }
});
