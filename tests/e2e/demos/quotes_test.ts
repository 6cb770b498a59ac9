/** The live quotes: a board that moves, and a chart without a gap after a cut. */

import { assertEquals } from "@std/assert";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";
import { eventually } from "../../support/eventually.ts";

const quotesTest = demoTests("quotes");

/** The chart of a share over a whole minute, once it shows that with so many prices missing. */
function chart({ root }: DemoPane, symbol: string, missing: number) {
  const name = `${symbol} in the last minute: 240 prices, ${missing} missing`;
  return root.getByRole("img", { name });
}

function boardOf({ root }: DemoPane): Promise<string> {
  return root.getByRole("list", { name: "Board" }).innerText();
}

async function countOf({ root }: DemoPane, name: string): Promise<number> {
  return Number(await root.locator(`[data-count="${name}"]`).innerText());
}

/** Waits until so many more boards have come. */
async function receives(pane: DemoPane, count: number): Promise<void> {
  const before = await countOf(pane, "received");
  await eventually(
    async () => await countOf(pane, "received") >= before + count,
    { awaited: `${count} boards`, timeoutMs: 20_000 },
  );
}

quotesTest(
  "The chart begins with the last minute, the board moves, and each side has the share that it chooses",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await chart(left, "ACME", 0).waitFor();
    await chart(right, "STARK", 0).waitFor();
    const before = await boardOf(left);
    await receives(left, 8);
    await eventually(async () => await boardOf(left) !== before, {
      awaited: "another board",
      timeoutMs: 20_000,
    });
    await chart(left, "ACME", 0).waitFor();
    await right.root.getByRole("button", { name: "WAYNE" }).click();
    await chart(right, "WAYNE", 0).waitFor();
    const pressed = right.root.getByRole("button", { pressed: true });
    assertEquals((await pressed.allInnerTexts()).length, 1);
    await chart(left, "ACME", 0).waitFor();
    assertEquals(complaints, []);
  },
);

quotesTest(
  "A line that was cut fills the gap in the chart, and loses no price",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await chart(left, "ACME", 0).waitFor();
    await left.cut();
    const board = await boardOf(left);
    await receives(right, 10);
    assertEquals(await boardOf(left), board);
    await left.mend();
    await eventually(async () => await countOf(left, "recovered") >= 8, {
      awaited: "the prices of the cut",
      timeoutMs: 20_000,
    });
    await chart(left, "ACME", 0).waitFor();
    await left.count("lost", 0).waitFor();
    assertEquals(complaints, []);
  },
);
