/** The cursors: positions of one person on the screen of another. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../../support/eventually.ts";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const cursorsTest = demoTests("cursors");

/** Place of a cursor in the field of a pane, as its style says it. */
async function placeOf({ root }: DemoPane, who: string): Promise<string> {
  const cursor = root.locator(`.cursor[data-who="${who}"]`);
  await cursor.waitFor();
  return await cursor.evaluate((element) =>
    element instanceof HTMLElement
      ? `${element.style.left} ${element.style.top}`
      : ""
  );
}

cursorsTest(
  "Who moves the pointer, or presses an arrow key, moves the cursor in the other field",
  async ({ open }) => {
    const { page, left, right, complaints } = await open();
    const ada = await left.name();
    assertEquals(await placeOf(right, ada), "50% 50%");
    const box = await left.root.getByRole("application").boundingBox();
    assert(box);
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
    await eventually(
      async () => /^2[45]\S*% /.test(await placeOf(right, ada)),
      { awaited: "the cursor at a quarter", timeoutMs: 20_000 },
    );
    const before = await placeOf(right, ada);
    await left.root.getByRole("application").focus();
    await page.keyboard.press("ArrowDown");
    await eventually(
      async () => {
        const [x, y = ""] = (await placeOf(right, ada)).split(" ");
        return x === before.split(" ")[0] &&
          parseFloat(y) > parseFloat(before.split(" ")[1] ?? "") + 3;
      },
      { awaited: "the cursor further down", timeoutMs: 20_000 },
    );
    assertEquals(complaints, []);
  },
);

cursorsTest(
  "After a cut the newest position is there, and what was skipped is counted",
  async ({ open }) => {
    const { left, right } = await open();
    const ada = await left.name();
    await placeOf(right, ada);
    await left.root.getByRole("button", { name: "Dance" }).click();
    await right.count("received", 0).waitFor({ state: "detached" });
    await right.cut();
    await left.root.getByRole("application").press("ArrowRight");
    await right.mend();
    await eventually(
      async () => await placeOf(right, ada) === await placeOf(left, ada),
      { awaited: "the same place on both sides", timeoutMs: 30_000 },
    );
    await right.count("lost", 0).waitFor({ state: "detached" });
  },
);

cursorsTest(
  "The cursor of one who has left is gone",
  async ({ open }) => {
    const first = await open();
    const later = await open();
    const cara = await later.left.name();
    await placeOf(first.left, cara);
    await later.page.close();
    await first.left.root.locator(`.cursor[data-who="${cara}"]`)
      .waitFor({ state: "detached" });
  },
);
