/** Addresses of the inspector's views. */

import { assertEquals } from "@std/assert";
import {
  hrefOf,
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

Deno.test("An address that names no view is the overview", () => {
  for (const hash of ["", "#", "#/channel", "#/nothing", "#/user/%E0%A4%A"]) {
    assertEquals(viewOf(hash), { kind: "overview" });
  }
});
