/** The shared text: two people write at once, and what was written without a line is merged. */

import { assert, assertEquals } from "@std/assert";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";
import { eventually } from "../../support/eventually.ts";

const editorTest = demoTests("editor");

function text({ root }: DemoPane) {
  return root.getByLabel("Shared text");
}

function textOf(pane: DemoPane): Promise<string> {
  return text(pane).inputValue();
}

/** Waits until a pane has that text. */
function shows(pane: DemoPane, expected: string): Promise<void> {
  let last = "";
  return eventually(async () => (last = await textOf(pane)) === expected, {
    awaited: () => `"${expected}", not "${last}"`,
    timeoutMs: 20_000,
  });
}

/** Writes at the beginning, or at the end. */
async function write(pane: DemoPane, where: "Home" | "End", words: string) {
  await text(pane).press(`Control+${where}`);
  await text(pane).pressSequentially(words);
}

editorTest(
  "Two people write one text at once, see each other's lines, and who comes later reads it all",
  async ({ open }) => {
    const { left, right: besides, complaints } = await open();
    // In a window of its own, which has a focus of its own.
    const { left: right, complaints: others } = await open();
    const ada = await left.name();
    await write(left, "End", "one\nthree");
    await shows(right, "one\nthree");
    await text(right).press("Control+End");
    await Promise.all([
      write(right, "End", " 😀"),
      write(left, "Home", "zero\n"),
    ]);
    const whole = "zero\none\nthree 😀";
    await shows(left, whole);
    await shows(right, whole);
    await shows(besides, whole);
    // The caret of the right one is still at the end.
    await text(right).pressSequentially("!");
    await shows(left, `${whole}!`);
    await right.root.getByText(`${ada} · line 2`).waitFor();
    const { left: later } = await open();
    await shows(later, `${whole}!`);
    await text(later).press("Control+A");
    await text(later).press("Delete");
    await shows(left, "");
    assertEquals([...complaints, ...others], []);
  },
);

editorTest(
  "What both write while a line is cut is in the text of both when it is back",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await write(left, "End", "middle");
    await shows(right, "middle");
    await left.cut();
    await write(left, "Home", "before ");
    await write(right, "End", " after\n");
    await shows(left, "before middle");
    await shows(right, "middle after\n");
    await left.mend();
    await shows(left, "before middle after\n");
    await shows(right, "before middle after\n");
    await left.root.getByText(`${await right.name()} · line 2`).waitFor();
    await left.count("lost", 0).waitFor();
    const recovered = left.root.locator('[data-count="recovered"]');
    assert(Number(await recovered.innerText()) > 0);
    assertEquals(complaints, []);
  },
);
