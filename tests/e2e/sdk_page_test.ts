/** The official SDK in a real browser, in a page that the server itself has served. */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { Chromium, CHROMIUM_NAMES } from "../support/chromium.ts";
import { requireTool } from "../support/requirements.ts";
import { Sdk } from "../support/sdk.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/server.ts";

const chromium = requireTool(...CHROMIUM_NAMES);
const ENTRY = new URL("sdk_page_entry.ts", import.meta.url);

/** The SDK as one script for a browser. */
async function bundleSdk(): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", ENTRY.pathname],
    env: { NO_COLOR: "1" },
  }).output();
  if (code === 0) return new TextDecoder().decode(stdout);
  throw new Error(`Cannot bundle: ${new TextDecoder().decode(stderr)}`);
}

/** Loads the server's page with the SDK in it. */
async function open(page: Page, url: string, script: string): Promise<void> {
  await page.goto(url);
  await page.addScriptTag({ content: script, type: "module" });
  // A module that stands in the page itself runs some time later.
  await eventually(
    () => page.evaluate<boolean>("typeof Centrifuge === 'function'"),
    { awaited: "the SDK in the page" },
  );
}

/** Program of the page: connects, subscribes, publishes, and returns what was delivered. */
const PROGRAM = `async ([endpoint, text]) => {
  const client = new Centrifuge(endpoint);
  const sub = client.newSubscription("news", { joinLeave: true });
  const delivered = [];
  const { promise, resolve } = Promise.withResolvers();
  sub.on("publication", ({ data, offset }) => {
    delivered.push([offset, data]);
    if (data === "bye") resolve();
  });
  sub.subscribe();
  client.connect();
  await sub.ready();
  await sub.publish({ text });
  await promise;
  const { publications } = await sub.history({ limit: 10 });
  const { numClients } = await sub.presenceStats();
  client.disconnect();
  return { delivered, kept: publications.length, numClients, state: client.state };
}`;

Deno.test({
  name: "The SDK in a page connects, publishes, hears and reads like any other",
  ignore: chromium.missing,
  async fn() {
    await using server = await TestServer.start({
      env: { INSECURE_ANONYMOUS_ALL: "true", HOST: "127.0.0.1" },
    });
    await using browser = await Chromium.launch();
    // The page's own policy lets no script in but its own.
    const page = await browser.newPage({ bypassCSP: true });
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    await open(page, server.url, await bundleSdk());

    const endpoint = `${server.wsUrl}/connection/websocket`;
    using sdk = new Sdk([{ transport: "websocket", endpoint }]);
    await sdk.connect();
    const news = await sdk.subscribe("news");
    const program = page.evaluate(`(${PROGRAM})(["${endpoint}", "grüße"])`);
    await news.count(1);
    await news.sub.publish("bye");
    assertEquals(await program, {
      delivered: [[1, { text: "grüße" }], [2, "bye"]],
      kept: 2,
      numClients: 2,
      state: "disconnected",
    });
    assertEquals(complaints, []);
  },
});
