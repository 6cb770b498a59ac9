/** Takes the strip of pictures below that of the page: demos, and what an operator sees. */

import type { Page } from "playwright-core";
import { Chromium } from "./chromium.ts";
import { DemoPage, type DemoPane } from "./demo_page.ts";
import { InspectorPage } from "./inspector_page.ts";
import { TestServer } from "./server.ts";
import { TextClient } from "./text_client.ts";

const PICTURES = new URL("../../docs/pictures/", import.meta.url);
const VIEWPORT = { width: 1100, height: 740 };
/** So that lines move, and times differ, as they do when people look on. */
const PAUSE_MS = 3_000;

const env = {
  INSECURE_ANONYMOUS_ALL: "true",
  DEMOS: "true",
  HOST: "127.0.0.1",
};

await using server = await TestServer.start({ env });
await using browser = await Chromium.launch();

function newPage(): Promise<Page> {
  return browser.newPage({
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
    colorScheme: "light",
  });
}

function pause(ms = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate("scrollTo(0, 0)");
  await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
}

async function say({ root }: DemoPane, text: string): Promise<void> {
  await root.getByLabel("Message", { exact: true }).fill(text);
  await root.getByRole("button", { name: "Send" }).click();
  await pause(500);
}

async function takeChat(): Promise<void> {
  await using demo = await DemoPage.open(await newPage(), server.url, "chat");
  const { left, right, page } = demo;
  await say(left, "Is anybody there?");
  await say(right, "I am. The train goes into a tunnel now");
  await right.cut();
  await say(left, "Then read this when you are out of it");
  await say(left, "Nothing is lost");
  await right.mend();
  await right.count("recovered", 2).waitFor();
  await say(right, "Both of them came");
  await left.root.getByLabel("Message", { exact: true }).blur();
  await take(page, "chat");
}

/** A demo in which the line of one side is cut while something goes on. */
async function takeDemo(
  name: string,
  begin: (demo: DemoPage) => Promise<void> = async () => {},
): Promise<void> {
  await using demo = await DemoPage.open(await newPage(), server.url, name);
  await begin(demo);
  await pause();
  await demo.right.cut();
  await pause();
  await take(demo.page, name);
}

async function ask({ left, right }: DemoPage): Promise<void> {
  await left.root.getByRole("button", { name: "Ask" }).click();
  await right.root.getByRole("button", { name: "Read along" }).click();
}

/** The overview of a hub with a crowd in it. */
async function takeInspector(): Promise<void> {
  await using crowd = new AsyncDisposableStack();
  const clients: TextClient[] = [];
  for (let number = 1; number <= 60; number++) {
    const url = `${server.wsUrl}/ws?uid=guest-${number}`;
    const client = crowd.use(await TextClient.open(url));
    client.send(number % 3 === 0 ? "+#match" : "+#lobby");
    clients.push(client);
  }
  let turn = 0;
  const talk = setInterval(() => {
    const talkers = 2 + Math.round(6 * Math.random());
    for (let number = 0; number < talkers; number++) {
      clients[turn++ % clients.length]?.send("#match:Goal!");
    }
  }, 100);
  const page = await newPage();
  await using inspector = await InspectorPage.open(page, server.url);
  await inspector.figure("Connections").filter({ hasText: "60" }).waitFor();
  // Its lines have a point for each ten seconds.
  await pause(5 * 10_000);
  await take(page, "inspector");
  clearInterval(talk);
}

await Deno.mkdir(PICTURES, { recursive: true });
await takeChat();
await takeDemo("quotes");
await takeDemo("answer", ask);
await takeInspector();
