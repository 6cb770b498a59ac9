/** The AI answer: what one who reads along, one who comes late and one who is cut see of it. */

import { assert, assertEquals } from "@std/assert";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const answerTest = demoTests("answer");

async function ask({ root }: DemoPane, question: string): Promise<void> {
  await root.getByLabel("Question").fill(question);
  await root.getByRole("button", { name: "Ask" }).click();
}

function textOf({ root }: DemoPane): Promise<string> {
  return root.getByRole("region", { name: "Answer" }).innerText();
}

function waitForText({ root }: DemoPane, text: string): Promise<void> {
  return root.getByRole("region", { name: "Answer" })
    .filter({ hasText: text }).waitFor();
}

answerTest(
  "Who comes late begins with all that was said so far, and reads on to the end",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await ask(left, "Who are you?");
    await waitForText(left, "a list of words");
    assertEquals(await textOf(right), "");
    await right.root.getByRole("button", { name: "Read along" }).click();
    await waitForText(right, "Who are you?” I am no model");
    const begun = await textOf(right);
    assert(!begun.includes("another word."), "it was still being written");
    await right.state("Complete").waitFor();
    await left.state("Complete").waitFor();
    assertEquals(await textOf(right), await textOf(left));
    assert((await textOf(left)).trim().endsWith("another word."));
    assertEquals(complaints, []);
  },
);

answerTest(
  "Whose line is cut in the middle of a sentence has the whole text when it is back",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await right.root.getByRole("button", { name: "Read along" }).click();
    await ask(right, "What was lost?");
    await waitForText(left, "I am no model");
    await left.cut();
    const before = await textOf(left);
    await waitForText(right, "40 milliseconds");
    assertEquals(await textOf(left), before);
    await left.mend();
    await waitForText(left, "40 milliseconds");
    assert((await textOf(left)).startsWith(before));
    await left.count("recovered", 1).waitFor();
    await left.count("lost", 0).waitFor();
    await left.state("Complete").waitFor();
    await right.state("Complete").waitFor();
    assertEquals(await textOf(left), await textOf(right));
    assertEquals(complaints, []);
  },
);

answerTest(
  "A second question waits until the first is answered, and then begins another text",
  async ({ open }) => {
    const { left, right } = await open();
    await ask(left, "First?");
    await waitForText(left, "First?");
    await ask(right, "Second?");
    await right.root.getByText("let me finish first").waitFor();
    await left.state("Complete").waitFor();
    await ask(right, "Second?");
    await waitForText(left, "Second?");
    assert(!(await textOf(left)).includes("First?"));
  },
);
