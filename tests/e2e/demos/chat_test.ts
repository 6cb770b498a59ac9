/** The chat: what two people in one window see of each other. */

import { assertEquals } from "@std/assert";
import type { Locator } from "playwright-core";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const chatTest = demoTests("chat");

async function say({ root }: DemoPane, text: string): Promise<void> {
  await root.getByLabel("Message", { exact: true }).fill(text);
  await root.getByRole("button", { name: "Send" }).click();
}

function message({ root }: DemoPane, text: string): Locator {
  return root.getByRole("log").getByRole("listitem").filter({ hasText: text });
}

async function texts({ root }: DemoPane): Promise<string[]> {
  return await root.getByRole("log").getByRole("listitem").allInnerTexts();
}

chatTest(
  "Two people see each other arrive, type and talk, and a third one sees what was said before",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    const [ada, ben] = [await left.name(), await right.name()];
    for (const { root } of [left, right]) {
      for (const name of [ada, ben]) {
        await root.getByLabel("People here").getByText(name).waitFor();
      }
    }
    await left.root.getByLabel("Message", { exact: true }).fill("Hel");
    await right.root.getByText(`${ada} is typing`).waitFor();
    await say(left, "Hello");
    await say(right, "Hello yourself");
    await message(left, "Hello yourself").waitFor();
    await message(right, "Hello yourself").waitFor();
    assertEquals(await texts(left), [
      `${ada}\nHello`,
      `${ben}\nHello yourself`,
    ]);
    assertEquals(await texts(right), await texts(left));

    const later = await open();
    await message(later.left, "Hello yourself").waitFor();
    assertEquals(await texts(later.left), await texts(left));
    assertEquals([...complaints, ...later.complaints], []);
  },
);

chatTest(
  "Whose line was cut gets everything that was said meanwhile, and loses nothing",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await say(left, "before");
    await message(right, "before").waitFor();
    await right.cut();
    for (const text of ["one", "two", "three"]) await say(left, text);
    await message(left, "three").waitFor();
    // What the other one writes waits for the line.
    await say(right, "from the island");
    assertEquals(await message(right, "three").count(), 0);
    await right.mend();
    await message(left, "from the island").waitFor();
    await message(right, "from the island").waitFor();
    await right.count("recovered", 3).waitFor();
    await right.count("lost", 0).waitFor();
    assertEquals(await texts(right), await texts(left));
    assertEquals((await texts(left)).length, 5);
    assertEquals(complaints, []);
  },
);

chatTest(
  "A line that was cut comes back by itself",
  async ({ open }) => {
    const { left, right } = await open();
    await left.cut();
    await say(right, "still there?");
    await left.state("connected").waitFor();
    await message(left, "still there?").waitFor();
    await left.count("recovered", 1).waitFor();
  },
);
