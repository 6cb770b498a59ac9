/** The bullet comments: a crowd of a thousand per second, and what a cut costs. */

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../../support/eventually.ts";
import { DemoPage, type DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const danmakuTest = demoTests("danmaku");

async function read(
  { root }: DemoPane,
  name: "received" | "lost",
): Promise<number> {
  return Number(await root.locator(`[data-count="${name}"]`).innerText());
}

/** Cuts the right line in the page itself: on a slow machine the crowd would be over before a test has seen it. */
function cutAtFirstComment(): void {
  const pane = document.querySelector(".demo-pane.right")!;
  const counter = pane.querySelector('[data-count="received"]')!;
  const observer = new MutationObserver(() => {
    observer.disconnect();
    pane.querySelector<HTMLElement>(".demo-head button")!.click();
  });
  const options = { childList: true, characterData: true, subtree: true };
  observer.observe(counter, options);
}

danmakuTest(
  "A comment reaches both viewers",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await left.root.getByLabel("Comment", { exact: true }).fill("Bravo");
    await left.root.getByRole("button", { name: "Send" }).click();
    await left.count("received", 1).waitFor();
    await right.count("received", 1).waitFor();
    assertEquals(complaints, []);
  },
);

danmakuTest(
  "Of ten thousand comments of a crowd each is received, or counted as lost by the one whose line was cut",
  async ({ server, open }) => {
    const { page } = await open();
    // The line comes back by itself, while the crowd still shouts.
    await page.goto(`${server.url}/demos/danmaku?cut=1`);
    const { left, right } = await DemoPage.follow(page);
    await page.evaluate(cutAtFirstComment);
    await left.root.getByRole("button", { name: /^Call the crowd/ }).click();
    await eventually(async () => await read(left, "received") === 10_000, {
      awaited: "ten thousand comments",
      timeoutMs: 120_000,
    });
    await eventually(
      async () =>
        await read(right, "received") + await read(right, "lost") === 10_000,
      { awaited: "all comments accounted for", timeoutMs: 60_000 },
    );
    assertEquals(await read(left, "lost"), 0);
    assert(await read(right, "lost") > 0);
  },
);
