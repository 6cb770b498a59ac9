/** The chat: what two people in one window see of each other. */

import { assertEquals } from "@std/assert";
import type { Locator } from "playwright-core";
import { DemoPage, type DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";
import { eventually } from "../../support/eventually.ts";

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
    await message(right, "Hello").waitFor();
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
  "Whose line is cut before the history has come has it when the line is back",
  async ({ server, open }) => {
    const { page, left, right } = await open();
    await say(left, "before");
    await message(right, "before").waitFor();
    const asked = Promise.withResolvers<void>();
    let isLost = true;
    await page.routeWebSocket(/hub/, (socket) => {
      const hub = socket.connectToServer();
      hub.onMessage((text) => {
        if (isLost && text.includes('"history"')) return asked.resolve();
        socket.send(text);
      });
    });
    await page.goto(`${server.url}/demos/chat?cut=600`);
    const later = await DemoPage.follow(page);
    await asked.promise;
    for (const pane of [later.left, later.right]) await pane.cut();
    isLost = false;
    for (const pane of [later.left, later.right]) {
      await pane.mend();
      await message(pane, "before").waitFor();
    }
    assertEquals(later.complaints, []);
  },
);

chatTest(
  "What is said while the history is on its way stands once, behind it",
  async ({ server, open }) => {
    const { left, right } = await open();
    await say(left, "before");
    await message(right, "before").waitFor();
    const { page } = await open();
    const held: (() => void)[] = [];
    await page.routeWebSocket(/hub/, (socket) => {
      const hub = socket.connectToServer();
      hub.onMessage((text) => {
        if (text.includes('"history"')) held.push(() => socket.send(text));
        else socket.send(text);
      });
    });
    await page.goto(`${server.url}/demos/chat?cut=600`);
    const { left: guest, right: other } = await DemoPage.follow(page);
    await eventually(() => held.length === 2, {
      awaited: "both histories",
      timeoutMs: 20_000,
    });
    // That someone types is a publication, too.
    await say(left, "after");
    for (const pane of [guest, other]) {
      await pane.count("received", 2).waitFor();
    }
    for (const release of held) release();
    for (const pane of [guest, other]) {
      await message(pane, "after").waitFor();
      assertEquals(await texts(pane), await texts(left));
    }
  },
);

chatTest(
  "Who is cut while a message is on its way learns of it, and has the text again",
  async ({ server, open }) => {
    const { page } = await open();
    const sent = Promise.withResolvers<void>();
    await page.routeWebSocket(/hub/, (socket) => {
      const hub = socket.connectToServer();
      socket.onMessage((text) => {
        if (text.includes("lost on the way")) sent.resolve();
        else hub.send(text);
      });
    });
    await page.goto(`${server.url}/demos/chat?cut=600`);
    const { left, complaints } = await DemoPage.follow(page);
    await left.root.getByLabel("People here").getByText(await left.name())
      .waitFor();
    await say(left, "lost on the way");
    await sent.promise;
    await left.cut();
    await left.root.getByRole("alert").waitFor();
    assertEquals(
      await left.root.getByLabel("Message", { exact: true }).inputValue(),
      "lost on the way",
    );
    assertEquals(complaints, []);
  },
);

chatTest(
  "A line that was cut comes back by itself",
  async ({ server, open }) => {
    const { page } = await open();
    await page.goto(`${server.url}/demos/chat`);
    const { left, right } = await DemoPage.follow(page);
    await left.cut();
    await say(right, "still there?");
    await left.state("connected").waitFor();
    await message(left, "still there?").waitFor();
    await left.count("recovered", 1).waitFor();
  },
);
