/** The notifications: topics, a badge, and what was missed while away. */

import { assertEquals } from "@std/assert";
import { Centrifuge } from "centrifuge";
import type { Locator } from "playwright-core";
import type { DemoPane } from "../../support/demo_page.ts";
import { demoTests } from "../../support/demo_test.ts";

const notificationsTest = demoTests("notifications");

async function announce(
  { root }: DemoPane,
  topic: string,
  text: string,
): Promise<void> {
  await root.getByLabel("Topic", { exact: true }).selectOption(topic);
  await root.getByLabel("Announcement").fill(text);
  await root.getByRole("button", { name: "Announce" }).click();
}

/** Announces trains, in the name of another person. */
async function announceAll(wsUrl: string, texts: readonly string[]) {
  const client = new Centrifuge(`${wsUrl}/demos/hub/connection/websocket`, {
    websocket: WebSocket,
    data: { name: "station" },
  });
  client.connect();
  try {
    for (const text of texts) {
      await client.publish("notifications:lobby.trains", { text });
    }
  } finally {
    client.disconnect();
  }
}

function notice({ root }: DemoPane, text: string): Locator {
  return root.getByRole("log").getByRole("listitem").filter({ hasText: text });
}

function badge({ root }: DemoPane, count: number): Locator {
  return root.locator(".badge").getByText(String(count), { exact: true });
}

notificationsTest(
  "A topic brings its news to those who have chosen it, and the badge counts them until they are read",
  async ({ open }) => {
    const { left, right, complaints } = await open();
    await right.root.getByLabel("weather").uncheck();
    await announce(left, "weather", "Rain at noon");
    await announce(left, "trains", "The 9:14 is late");
    await notice(left, "Rain at noon").waitFor();
    await notice(right, "The 9:14 is late").waitFor();
    await badge(left, 2).waitFor();
    await badge(right, 1).waitFor();
    assertEquals(await notice(right, "Rain at noon").count(), 0);
    await right.root.getByRole("button", { name: "Mark as read" }).click();
    await badge(right, 0).waitFor();

    // Who chooses a topic again gets what was missed meanwhile.
    await right.root.getByLabel("weather").check();
    await notice(right, "Rain at noon").waitFor();
    await badge(right, 1).waitFor();

    // For one who comes later, all of it is past.
    const later = await open();
    await notice(later.left, "Rain at noon").waitFor();
    await notice(later.left, "The 9:14 is late").waitFor();
    await badge(later.left, 0).waitFor();
    assertEquals(complaints, []);
  },
);

notificationsTest(
  "Who was away finds all that was missed, says so, and counts it",
  async ({ open }) => {
    const { left, right } = await open();
    await right.cut();
    for (const text of ["one", "two"]) await announce(left, "trains", text);
    await announce(left, "sports", "three");
    await badge(left, 3).waitFor();
    await badge(right, 0).waitFor();
    await right.mend();
    await badge(right, 3).waitFor();
    await right.count("recovered", 3).waitFor();
    await right.count("lost", 0).waitFor();
    await notice(right, "three").getByText("while you were away").waitFor();
    assertEquals(await left.root.getByText("while you were away").count(), 0);
  },
);

notificationsTest(
  "Who was away for more than the history keeps has what it keeps as new",
  async ({ server, open }) => {
    const { right } = await open();
    await announceAll(server.wsUrl, ["old"]);
    await badge(right, 1).waitFor();
    await right.root.getByRole("button", { name: "Mark as read" }).click();
    await right.cut();
    await announceAll(server.wsUrl, Array(60).fill("news"));
    await right.mend();
    await badge(right, 50).waitFor();
    await right.count("lost", 60).waitFor();
  },
);
