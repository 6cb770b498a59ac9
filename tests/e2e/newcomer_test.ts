/** The way of a newcomer: from the address that the server prints, by links alone, to a hub in an app of their own. */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { chromiumOfFile } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { DemoPage } from "../support/demo_page.ts";
import { InspectorPage } from "../support/inspector_page.ts";
import { Shell } from "../support/shell.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { Program, START_MS } from "./docs_proofs.ts";

const chromium = chromiumOfFile();

/** Follows a link of the navigation that all pages have. */
async function goTo(page: Page, label: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: label, exact: true }).click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

/** Chooses a demo from the index, and waits until both of its people are there. */
async function chooseDemo(page: Page, title: string): Promise<DemoPage> {
  await goTo(page, "Demos");
  await page.getByRole("link", { name: title, exact: true }).click();
  return await DemoPage.follow(page);
}

async function playChat(page: Page): Promise<void> {
  const { left, right } = await chooseDemo(page, "Chat");
  const say = async (text: string) => {
    await left.root.getByLabel("Message", { exact: true }).fill(text);
    await left.root.getByRole("button", { name: "Send" }).click();
  };
  await say("hello");
  await right.root.getByRole("log").getByText("hello").waitFor();
  await right.cut();
  await say("are you there?");
  await right.mend();
  await right.root.getByRole("log").getByText("are you there?").waitFor();
  await right.count("recovered", 1).waitFor();
  await right.count("lost", 0).waitFor();
}

async function playGame(page: Page): Promise<void> {
  const { left, right } = await chooseDemo(page, "Multiplayer game");
  await left.root.getByRole("button", { name: "Cell 5: free" }).click();
  await right.root.getByRole("button", { name: "Cell 5: X" }).waitFor();
  await right.state("Your move: you are O.").waitFor();
}

async function playAnswer(page: Page): Promise<void> {
  const { left, right } = await chooseDemo(page, "AI answer");
  await left.root.getByRole("button", { name: "Ask" }).click();
  await right.root.getByRole("button", { name: "Read along" }).click();
  await right.root.getByText("the answer").first().waitFor();
  await page.getByRole("link", { name: "Source" }).click();
  await page.getByText("client.newSubscription(channel").first().waitFor();
}

/** Finds the client that floods, and ends it. */
async function endCulprit(page: Page, culprit: TextClient): Promise<void> {
  await goTo(page, "Inspector");
  const operator = InspectorPage.follow(page);
  await operator.goTo("Connections");
  // The greatest rate comes first.
  const first = operator.rows.first().filter({ hasText: "mallory" });
  await first.getByRole("rowheader").getByRole("link").click();
  await operator.figure("User").filter({ hasText: "mallory" }).waitFor();
  await operator.sure("Disconnect");
  await culprit.closed;
  await page.getByText("This connection has ended.").waitFor();
}

/** Reads how a hub is mounted, and does so: its page is a console, too. */
async function mountHub(page: Page): Promise<void> {
  await goTo(page, "Docs");
  await page.getByRole("navigation", { name: "Documentation" })
    .getByRole("link", { name: "Embedding the hub" }).click();
  const text = await page.locator("pre").filter({ hasText: ".route(" }).first()
    .innerText();
  await using program = new Program(text);
  const flags = "--config deno.json --allow-net --allow-read";
  await using app = new Shell(
    `deno serve ${flags} --host 127.0.0.1 --port 0 ${program.path}`,
  );
  const [, host] = await app.waitFor(/http:\/\/([\d.:]+)/, START_MS);
  const own = await ConsolePage.visit(page, `http://${host}/realtime/`);
  await own.state("1 open").waitFor();
  await own.frame(/^guide-of-.*>Your turn\./).waitFor();
  await own.say("all", "this is my own hub");
  await own.frame(/>I received "this is my own hub"/).waitFor();
}

Deno.test({
  name:
    "A newcomer sees a conversation, plays with three demos, finds a client that floods, and mounts a hub, by links alone",
  ignore: chromium.missing,
  async fn() {
    await using server = await TestServer.start({ task: "dev" });
    const page = await chromium.newPage();
    await using visit = await ConsolePage.visit(page, server.url);
    await visit.frame(/^guide-of-.*>Hello/).waitFor();
    await visit.frame(/^guide-of-.*>Your turn\./).waitFor();
    await playChat(page);
    await playGame(page);
    await playAnswer(page);

    const url = `${server.wsUrl}/ws?uid=mallory`;
    await using culprit = await TextClient.open(url);
    const timer = setInterval(() => {
      for (let number = 0; number < 20; number++) culprit.send("#lobby:spam");
    }, 100);
    try {
      await endCulprit(page, culprit);
    } finally {
      clearInterval(timer);
    }
    await mountHub(page);
    assertEquals(visit.complaints, []);
    assert(page.url().endsWith("/realtime/"));
  },
});
