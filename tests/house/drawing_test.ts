/** The drawing of floors in the documentation, compared with the table of rooms. */

import { assertEquals } from "@std/assert";
import { type Room, ROOMS } from "../support/architecture.ts";
import { ROOT } from "../support/source_files.ts";

const FLOORS = /^```floors\n([^]*?)^```$/m;

/** Lines like `2  lib/channel  lib/presence`: a floor, and its rooms in alphabetical order. */
function draw(rooms: readonly Room[]): string {
  const floors = new Map<string, number>();
  // From the ground up: a room stands one floor above the highest room that it imports.
  for (const { name, rooms: targets } of rooms.toReversed()) {
    const below = targets.map((target) => floors.get(target) ?? 0);
    floors.set(name, 1 + Math.max(0, ...below));
  }
  const names = Map.groupBy(floors.keys(), (name) => floors.get(name) ?? 0);
  return [...names]
    .sort(([a], [b]) => b - a)
    .map(([floor, names]) =>
      `${String(floor).padStart(2)}  ${names.sort().join("  ")}\n`
    )
    .join("");
}

Deno.test("the documentation draws the floors that the imports have", async () => {
  const page = new URL("docs/how-it-is-built.md", ROOT);
  assertEquals(FLOORS.exec(await Deno.readTextFile(page))?.[1], draw(ROOMS));
});

Deno.test("a room stands one floor above the highest room that it imports", () => {
  const rooms = [
    { name: "routes", rooms: ["lib/hub", "lib/base"] },
    { name: "lib/hub", rooms: ["lib/base"] },
    { name: "lib/auth", rooms: ["lib/base"] },
    { name: "lib/base", rooms: [] },
  ];
  assertEquals(
    draw(rooms),
    " 3  routes\n 2  lib/auth  lib/hub\n 1  lib/base\n",
  );
});
