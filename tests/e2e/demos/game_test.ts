/** The game: two people play, the server refuses what is against the rules, and who was cut sees the board as it is. */

import { assertEquals } from "@std/assert";
import type { Locator } from "playwright-core";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const gameTest = demoTests("game");

function cell({ root }: DemoPane, number: number, mark: string): Locator {
  return root.getByRole("button", { name: `Cell ${number}: ${mark}` });
}

/** Moves, and waits until the board of the one who moves shows it. */
async function move(pane: DemoPane, number: number, mark: string) {
  await cell(pane, number, "free").click();
  await cell(pane, number, mark).waitFor();
}

function moveNumber({ root }: DemoPane, number: number): Promise<void> {
  return root.getByText(`Move ${number}`, { exact: true }).waitFor();
}

gameTest(
  "Two people play until one wins, and a third one watches",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    const [ada, ben] = [await left.name(), await right.name()];
    await move(left, 1, "X");
    await right.state("Your move: you are O.").waitFor();
    // It is not the turn of the left one.
    assertEquals(await cell(left, 2, "free").isEnabled(), false);
    await move(right, 5, "O");
    await move(left, 2, "X");
    const { left: guest, complaints: others } = await open();
    await guest.state(`O is to move: ${ben}`).waitFor();
    assertEquals(await cell(guest, 9, "free").isEnabled(), false);
    await guest.root.getByRole("button", { name: "New game" }).click();
    await guest.root.getByText("others play this game").waitFor();
    await move(right, 7, "O");
    await move(left, 3, "X");
    for (const pane of [left, right, guest]) {
      await pane.state(`X wins: ${ada}`).waitFor();
      await moveNumber(pane, 5);
    }
    await guest.root.getByRole("button", { name: "New game" }).click();
    await cell(left, 1, "free").waitFor();
    await moveNumber(left, 6);
    assertEquals([...complaints, ...others], []);
  },
);

gameTest(
  "Who is cut while the other one moves sees the move when the line is back, and plays on",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await move(left, 1, "X");
    await move(right, 2, "O");
    await right.cut();
    await move(left, 5, "X");
    await cell(right, 5, "free").waitFor();
    await moveNumber(right, 2);
    await right.mend();
    await cell(right, 5, "X").waitFor();
    await right.count("recovered", 1).waitFor();
    await right.count("lost", 0).waitFor();
    await move(right, 9, "O");
    await cell(left, 9, "O").waitFor();
    await moveNumber(left, 4);
    assertEquals(complaints, []);
  },
);

gameTest(
  "A move that waits for the line and comes too late is refused by the server",
  async ({ open }) => {
    const { left, right } = await open();
    await move(left, 1, "X");
    await right.cut();
    // A third person takes the free mark meanwhile.
    const { left: other } = await open();
    await move(other, 5, "O");
    await moveNumber(left, 2);
    await right.state("Your move: you are O.").waitFor();
    // The click waits for the line, and comes too late.
    await cell(right, 9, "free").click();
    await right.mend();
    await cell(right, 5, "O").waitFor();
    await cell(right, 9, "free").waitFor();
    await moveNumber(right, 2);
  },
);
