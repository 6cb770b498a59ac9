/** Addresses of the inspector's views. */

import { assertEquals } from "@std/assert";
import {
  hrefOf,
  titleOf,
  type View,
  viewOf,
} from "../../../routes/pages/inspector/view.ts";

Deno.test("A view is read from the address that was written of it, whatever its name has", () => {
  const views: readonly View[] = [
    { kind: "overview" },
    { kind: "why" },
    { kind: "channel", name: "chat:room/1#a,b %?&" },
    { kind: "user", name: "Zoë 😀" },
    { kind: "connection", name: "01890a5d-ac96-774b-bcce-b302099a8057" },
  ];
  for (const view of views) assertEquals(viewOf(hrefOf(view)), view);
});

Deno.test("An address without a view is the overview, and one that names none is missing", () => {
  for (const hash of ["", "#", "#/", "#main"]) {
    assertEquals(viewOf(hash), { kind: "overview" });
  }
  for (
    const hash of [
      "#/junk",
      "#/channel",
      "#/channel/",
      "#/user/%E0%A4%A",
      "#/user/a/b",
      "#/overview/1",
    ]
  ) assertEquals(viewOf(hash), { kind: "missing" }, hash);
});

Deno.test("The title of a view names it, and shows what is not seen in a name", () => {
  assertEquals(titleOf({ kind: "why" }), "Why – Thrum: inspector");
  assertEquals(
    titleOf({ kind: "user", name: "\u202ebob" }),
    "User \u2068[U+202E]bob\u2069 – Thrum: inspector",
  );
});
