/** The video call: two people see each other, also while a line is cut, and learn what a cut has lost. */

import { assertEquals } from "@std/assert";
import { DemoPage, type DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";
import { eventually } from "../../support/eventually.ts";

const callTest = demoTests("call", [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
]);

/** Presses the button that calls the other side. */
async function call({ root }: DemoPane, name: string): Promise<void> {
  await root.getByRole("button", { name: `Call ${name}` }).click();
}

/** Waits until pictures of the other side move on. */
async function sees({ root }: DemoPane): Promise<void> {
  const video = root.getByLabel("The other side");
  const frames = () =>
    video.evaluate((element) =>
      element instanceof HTMLVideoElement
        ? element.getVideoPlaybackQuality().totalVideoFrames
        : 0
    );
  const before = await frames();
  await eventually(async () => await frames() > before + 3, {
    awaited: "pictures that move",
    timeoutMs: 20_000,
  });
}

callTest(
  "Who calls and who is called see each other, until one hangs up",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    const [ada, ben] = [await left.name(), await right.name()];
    await call(left, ben);
    await Promise.all([sees(left), sees(right)]);
    await left.state(`${ben}: in a call`).waitFor();
    await right.state(`${ada}: in a call`).waitFor();
    await right.root.getByRole("button", { name: "Hang up" }).click();
    await left.state(`${ben} has ended the call`).waitFor();
    // And once more, the other way.
    await call(right, ada);
    await Promise.all([sees(left), sees(right)]);
    assertEquals(complaints, []);
  },
);

callTest(
  "Two who call each other at the same moment are in one call",
  async ({ open }) => {
    const { left, right, page, complaints } = await open();
    const [ada, ben] = [await left.name(), await right.name()];
    for (const [pane, name] of [[left, ben], [right, ada]] as const) {
      await pane.root.getByRole("button", { name: `Call ${name}` }).waitFor();
    }
    await page.evaluate(() => {
      const buttons = document.querySelectorAll<HTMLElement>(
        ".call-people button",
      );
      for (const button of buttons) button.click();
    });
    await Promise.all([sees(left), sees(right)]);
    await left.state(`${ben}: in a call`).waitFor();
    await right.state(`${ada}: in a call`).waitFor();
    assertEquals(complaints, []);
  },
);

callTest(
  "The pictures go on while a line is cut, and the two agree anew when it is back",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await call(left, await right.name());
    await Promise.all([sees(left), sees(right)]);
    await left.cut();
    await Promise.all([sees(left), sees(right)]);
    const received = right.root.locator('[data-count="received"]');
    const before = Number(await received.innerText());
    await left.mend();
    await eventually(
      async () => Number(await received.innerText()) > before,
      { awaited: "another offer", timeoutMs: 20_000 },
    );
    await Promise.all([sees(left), sees(right)]);
    assertEquals(complaints, []);
  },
);

callTest(
  "Who hangs up on one whose line is cut is told so, and the other one learns of it later",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    const [ada, ben] = [await left.name(), await right.name()];
    await call(left, ben);
    await Promise.all([sees(left), sees(right)]);
    await right.cut();
    await left.root.getByRole("button", { name: "Hang up" }).click();
    await left.state(`${ben} is not here`).waitFor();
    await left.count("lost", 1).waitFor();
    await right.mend();
    await right.state(`${ada} has ended the call`).waitFor();
    assertEquals(complaints, []);
  },
);

for (const cut of ["calls", "is called"] as const) {
  callTest(
    `Where an answer is lost with the line of the one who ${cut}, the two agree when it is back`,
    async ({ server, open }) => {
      const { page } = await open();
      const lost = Promise.withResolvers<void>();
      let isLost = true;
      await page.routeWebSocket(/hub/, (socket) => {
        const hub = socket.connectToServer();
        socket.onMessage((text) => {
          if (isLost && text.includes('"answer"')) lost.resolve();
          else hub.send(text);
        });
      });
      await page.goto(`${server.url}/demos/call?cut=600`);
      const { left, right, complaints } = await DemoPage.follow(page);
      // The one who calls does not give way to an offer.
      const isLeft = await left.name() > await right.name();
      const [caller, callee] = isLeft ? [left, right] : [right, left];
      await call(caller, await callee.name());
      await lost.promise;
      const side = cut === "calls" ? caller : callee;
      await side.cut();
      isLost = false;
      await side.mend();
      await Promise.all([sees(left), sees(right)]);
      assertEquals(complaints, []);
    },
  );
}
