/** Takes the picture of the page that stands in the README. */

import { Chromium } from "./chromium.ts";
import { ConsolePage } from "./console_page.ts";
import { TestServer } from "./server.ts";

const PICTURE = new URL("../../routes/pages/screenshot.png", import.meta.url);
const VIEWPORT = { width: 1280, height: 800 };
// So that the times in the log differ, as they do when people type.
const LONGEST_PAUSE_MS = 2_500;

const env = {
  INSECURE_ANONYMOUS_ALL: "true",
  DEMOS: "true",
  HOST: "127.0.0.1",
  PORT: "8000",
};

await using browser = await Chromium.launch();

/** Everybody in the conversation; the picture is of alice's window. */
interface Cast {
  readonly alice: ConsolePage;
  readonly bob: ConsolePage;
  readonly carol: ConsolePage;
}

async function enter(url: string, uid: keyof Cast): Promise<ConsolePage> {
  const page = await browser.newPage({
    viewport: VIEWPORT,
    deviceScaleFactor: 2,
    colorScheme: "light",
  });
  const window = await ConsolePage.open(page, url);
  await window.connect(uid);
  return window;
}

function pause(): Promise<void> {
  const ms = LONGEST_PAUSE_MS * (1 + Math.random()) / 2;
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function beforeRestart({ alice, bob, carol }: Cast): Promise<void> {
  await alice.join("#match");
  await carol.join("#match");
  await bob.say("alice", "Is the hub up?");
  await pause();
  await alice.say("bob", "Since this morning. Come to #match");
  await pause();
  await carol.say("#match", "Kick-off: 12 000 watching");
  await pause();
}

async function afterRestart({ alice, bob, carol }: Cast): Promise<void> {
  for (const window of [alice, bob, carol]) {
    await window.state("1 open").waitFor();
  }
  await pause();
  await carol.say("#match", "Goal! 1:0 in the 3rd minute");
  await alice.frame("#match:Goal! 1:0 in the 3rd minute").waitFor();
  await pause();
  await alice.say("#match", "And nobody noticed the restart");
  await pause();
  await alice.say("dave", "Did you see that?");
  await pause();
  await bob.say("all", "Tea in the kitchen at half-time");
  await alice.frame("bob>Tea in the kitchen at half-time").waitFor();
}

async function take(window: ConsolePage): Promise<void> {
  const { page } = window;
  await page.getByLabel("To", { exact: true }).fill("bob");
  const message = page.getByLabel("Message", { exact: true });
  await message.fill("Two sugars, please");
  await message.blur();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: PICTURE.pathname });
}

async function conversation(): Promise<Cast> {
  await using server = await TestServer.start({ env });
  const cast = {
    alice: await enter(server.url, "alice"),
    bob: await enter(server.url, "bob"),
    carol: await enter(server.url, "carol"),
  };
  await beforeRestart(cast);
  server.signal("SIGTERM");
  await server.exit;
  return cast;
}

const cast = await conversation();
await using _restarted = await TestServer.start({ env });
await afterRestart(cast);
await take(cast.alice);
