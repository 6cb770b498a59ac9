/** The page at `/` in a real browser, against a real server. */

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { TextClient } from "../../lib/client/mod.ts";
import { chromiumOfFile } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { eventually } from "../support/eventually.ts";
import { TestServer } from "../support/server.ts";
import { SECRET, signToken } from "../support/token.ts";

const chromium = chromiumOfFile();
const env = { INSECURE_ANONYMOUS_ALL: "true", HOST: "127.0.0.1" };

interface Stage {
  readonly server: TestServer;
  /** Opens the page in a window of its own. */
  readonly open: () => Promise<ConsolePage>;
  /** The same in a browser that has never seen it. */
  readonly visit: () => Promise<ConsolePage>;
}

function pageTest(
  name: string,
  fn: (stage: Stage) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): void {
  Deno.test({
    name,
    ignore: chromium.missing,
    async fn() {
      await using server = await TestServer.start({
        env: { ...env, ...settings },
      });
      await using windows = new AsyncDisposableStack();
      const open = async () =>
        windows.use(
          await ConsolePage.open(await chromium.newPage(), server.url),
        );
      const visit = async () =>
        windows.use(
          await ConsolePage.visit(await chromium.newPage(), server.url),
        );
      await fn({ server, open, visit });
    },
  });
}

pageTest(
  "The page loads without a complaint of the browser and connects to its own server",
  async ({ server, open }) => {
    const window = await open();
    await window.state("3 closed").waitFor();
    const url = await window.page.getByLabel("URL").inputValue();
    assertEquals(url, `${server.wsUrl}/ws`);
    await window.connect("alice");
    await window.figure("bufferedAmount", "0 bytes").waitFor();
    await window.figure("network", "online").waitFor();
    const heartbeat = window.page.locator('[data-figure="heartbeat"]');
    await heartbeat.getByText(/^in [1-5]\d s$/).waitFor();
    const seconds = async () =>
      Number(/\d+/.exec(await heartbeat.innerText())?.[0]);
    const first = await seconds();
    await eventually(async () => await seconds() < first, {
      awaited: `fewer than ${first} s`,
      timeoutMs: 20_000,
    });
    await window.figure("reconnects", "0").waitFor();
    assertEquals(window.complaints, []);
  },
);

pageTest(
  "A newcomer who only opens the page sees a conversation within ten seconds",
  async ({ visit }) => {
    const window = await visit();
    const started = performance.now();
    const uid = await window.page.getByLabel("uid", { exact: true })
      .inputValue();
    assertMatch(uid, /^[a-z]+-[a-z]+-\d\d$/);
    const guide = `guide-of-${uid}`;
    await window.frame(
      `${guide}>Hello, ${uid}! I am ${guide}, a second connection of this page.`,
    ).waitFor();
    await window.frame(
      "#lobby:This went to the channel #lobby: all who have joined it get it.",
    ).waitFor();
    const seconds = (performance.now() - started) / 1_000;
    assert(seconds < 10, `${seconds} s`);
    assert((await window.log()).includes(`→ ${guide}:hello`));
    // It is no film: what the newcomer writes is answered.
    await window.frame(/^guide-of-.*>Your turn\./).waitFor();
    await window.say("all", "who is there?");
    await window.frame(/^guide-of-.*>I received "who is there\?"/).waitFor();
    assertEquals(window.complaints, []);
  },
);

pageTest(
  "A visitor comes back under the same name, without the guide, has another in a second window, and stays away after having disconnected",
  async ({ server, visit }) => {
    const window = await visit();
    await window.state("1 open").waitFor();
    await window.frame(/^guide-of-.*>Hello/).waitFor();
    const field = window.page.getByLabel("uid", { exact: true });
    const uid = await field.inputValue();
    await window.page.reload();
    await window.state("1 open").waitFor();
    assertEquals(await field.inputValue(), uid);
    await window.say(uid, "to myself");
    await window.frame(`${uid}>to myself`).waitFor();
    assertEquals((await window.log()).some((row) => /guide/.test(row)), false);

    const opened = window.page.context().waitForEvent("page");
    // As a person opens it: with a storage of its own.
    await window.page.evaluate('open(location.href, "_blank", "noopener")');
    const second = await ConsolePage.visit(await opened, server.url);
    await second.state("1 open").waitFor();
    await second.say(uid, "from the second window");
    const other = await second.page.getByLabel("uid", { exact: true })
      .inputValue();
    await window.frame(`${other}>from the second window`).waitFor();
    assertNotEquals(other, uid);

    await window.page.getByRole("button", { name: "Disconnect" }).click();
    await window.state("3 closed").waitFor();
    await window.page.reload();
    await window.page.getByRole("button", { name: "Connect", exact: true })
      .waitFor();
    await window.state("3 closed").waitFor();
    assertEquals(await window.log(), []);
  },
);

pageTest(
  "Two windows talk to each other by uid, to all and in a channel",
  async ({ open }) => {
    const [alice, bob] = [await open(), await open()];
    await alice.connect("alice");
    await bob.connect("bob");

    await alice.say("bob", "a: b > c");
    await bob.frame("alice>a: b > c").waitFor();
    await bob.say("all", "hello");
    await alice.frame("bob>hello").waitFor();

    await alice.join("#lounge");
    await bob.say("#lounge", "to the channel");
    await alice.frame("#lounge:to the channel").waitFor();
    await alice.page.getByRole("button", { name: "Leave #lounge" }).click();
    await alice.frame("-#lounge").last().waitFor();
    await bob.say("#lounge", "to nobody");
    await bob.say("alice", "the end");
    await alice.frame("bob>the end").waitFor();

    assertEquals(await bob.log(), [
      `· connecting to ${await bob.page.getByLabel("URL").inputValue()}`,
      "· open",
      "← alice>a: b > c",
      "→ all:hello",
      "← bob>hello",
      "→ #lounge:to the channel",
      "→ #lounge:to nobody",
      "→ alice:the end",
    ]);
    assertEquals(await alice.frame("#lounge:to nobody").count(), 0);
  },
);

pageTest(
  "The page shows the error when no client has the uid",
  async ({ open }) => {
    const window = await open();
    await window.connect("alice");
    await window.say("carol", "hello?");
    await window.frame('error:404 no client is connected as "carol"').waitFor();
  },
);

pageTest(
  "The page comes back by itself, and into its channels, when the server was killed and restarted",
  async ({ server, open }) => {
    const window = await open();
    await window.connect("alice");
    await window.join("#lounge");
    server.signal("SIGKILL");
    await server.exit;
    await window.state("3 closed").waitFor();
    await window.figure("code", "1006").waitFor();
    await window.figure("wasClean", "false").waitFor();
    await window.say("#lounge", "written in between");
    await window.figure("waiting", "1 frame").waitFor();

    const { port } = new URL(server.url);
    await using _restarted = await TestServer.start({
      env: { ...env, PORT: port },
    });
    await window.state("1 open").waitFor({ timeout: 30_000 });
    await window.frame("#lounge:written in between").nth(1).waitFor();
    const log = await window.log();
    assertEquals(log.slice(log.lastIndexOf("· open")), [
      "· open",
      "→ +#lounge",
      "→ #lounge:written in between",
      "← +#lounge",
      "← #lounge:written in between",
    ]);
  },
);

pageTest(
  "The page closes its connection when the device goes offline and nothing answers, and comes back at once with the network",
  async ({ open }) => {
    const window = await open();
    await window.connect("alice");
    await window.page.context().setOffline(true);
    await window.figure("network", "offline").waitFor();
    // The answer to its ping has ten seconds.
    await window.state("3 closed").waitFor();
    await window.figure("code", "4000").waitFor();
    await window.figure("next attempt", "–").waitFor();
    await window.page.context().setOffline(false);
    await window.state("1 open").waitFor();
    await window.figure("network", "online").waitFor();
  },
);

pageTest(
  "The page is whom its token names, and shows the token nowhere",
  async ({ open }) => {
    const window = await open();
    const token = await signToken({ sub: "alice" });
    const field = window.page.getByLabel("Token, instead of a uid");
    assertEquals(await field.getAttribute("type"), "password");
    await field.fill(token);
    await window.connect("mallory");
    await window.say("alice", "to myself");
    await window.frame("alice>to myself").waitFor();
    const text = await window.page.locator("body").innerText();
    assertEquals(text.includes(token), false);
  },
  { TOKEN_SECRET: SECRET },
);

pageTest(
  "The page stays away when its token is refused",
  async ({ open }) => {
    const window = await open();
    await window.page.getByLabel("Token, instead of a uid").fill("e30.e30.x");
    await window.page.keyboard.press("Enter");
    await window.figure("code", "3500").waitFor();
    await window.figure("reason", "invalid token").waitFor();
    await window.state("3 closed").waitFor();
    await window.figure("next attempt", "–").waitFor();
    assertEquals(
      await window.page.getByRole("button", { name: "Disconnect" })
        .isDisabled(),
      true,
    );
  },
  { TOKEN_SECRET: SECRET },
);

pageTest(
  "The page explains a token that a server without a secret refuses",
  async ({ open }) => {
    const window = await open();
    await window.page.getByLabel("Token, instead of a uid").fill("e30.e30.x");
    await window.page.keyboard.press("Enter");
    // Deno may drop the connection before the browser has answered the close.
    await window.page.getByRole("log").locator("code")
      .getByText(/^(?:closed|lost): 3500 invalid token$/).waitFor();
    await window.frame(
      "the server does not accept this token; one that has neither TOKEN_SECRET nor JWKS_URL accepts none: connect with a uid alone",
    ).waitFor();
    await window.page.getByLabel("Token, instead of a uid").fill("");
    await window.connect("alice");
  },
);

pageTest(
  "The page sends nothing once it was asked to disconnect",
  async ({ open }) => {
    const window = await open();
    await window.connect("alice");
    await window.page.getByRole("button", { name: "Disconnect" }).click();
    await window.state("3 closed").waitFor();
    await window.figure("code", "1000").waitFor();
    await window.figure("wasClean", "true").waitFor();
    await window.say("bob", "anybody?");
    await window.frame("not connected, not sent: bob:anybody?").waitFor();
  },
);

pageTest(
  "A channel with a long name, or with characters that are not seen, is told from others on a phone",
  async ({ open }) => {
    const window = await open();
    await window.page.setViewportSize({ width: 390, height: 844 });
    await window.connect("alice");
    await window.join(`#${"r".repeat(150)}`);
    await window.join("#ro\u202eom", "#roU+202Eom");
    await window.page.getByText("#roU+202Eom", { exact: true }).waitFor();
    const width = "document.documentElement.scrollWidth";
    assertEquals(await window.page.evaluate(width), 390);
    await window.page.getByRole("button", { name: /^Leave #r{150}/ }).click();
    await window.frame(`-#${"r".repeat(150)}`).last().waitFor();
  },
);

pageTest(
  "The page is one column without sideways scrolling on a phone, and can be used from the keyboard",
  async ({ open }) => {
    const window = await open();
    await window.page.setViewportSize({ width: 390, height: 844 });
    const width = await window.page.evaluate(
      "document.documentElement.scrollWidth",
    );
    assertEquals(width, 390);

    const reached: string[] = [];
    for (let stop = 0; stop < 15; stop++) {
      await window.page.keyboard.press("Tab");
      const focused = window.page.locator(":focus");
      const label = await focused.evaluate((element) =>
        element instanceof HTMLInputElement ||
          element instanceof HTMLSelectElement
          ? element.labels?.[0]?.textContent
          : element.getAttribute("aria-label") ?? element.textContent
      );
      reached.push(label ?? "");
    }
    assertStringIncludes(
      reached.join(", "),
      "Skip to the content, Thrum, Console, Inspector, Docs, URL, uid, Token, instead of a uid, Transport, Connect, Channel, Join, Frames, To, Message",
    );
  },
);

pageTest(
  "The page keeps the newest 500 frames of a flood, in order, and shows the last",
  async ({ server, open }) => {
    const window = await open();
    await window.connect("alice");
    using bob = new TextClient(`${server.wsUrl}/ws`, {
      uid: "bob",
      maxQueuedFrames: 600,
    });
    bob.connect();
    for (let n = 1; n <= 600; n++) bob.send(`alice:${n}`);
    await window.frame("bob>600").waitFor();
    const rows = await window.log();
    assertEquals(rows.length, 500);
    // On a slow machine the page's own heartbeat comes between.
    const frames = rows.filter((row) => !/^(?:→ ping|← pong)$/.test(row));
    const first = 601 - frames.length;
    assertEquals(frames, frames.map((_, n) => `← bob>${first + n}`));
    const last = await window.frame("bob>600").boundingBox();
    const view = await window.page.getByRole("log").boundingBox();
    assert(last && view && last.y + last.height <= view.y + view.height);
  },
);

pageTest("The page has its picture taken", async ({ open }) => {
  const window = await open();
  await window.connect("alice");
  await window.join("#lounge");
  await window.say("#lounge", "Good morning");
  await window.frame("#lounge:Good morning").nth(1).waitFor();
  const path = new URL("../artefacts/page.png", import.meta.url).pathname;
  const picture = await window.page.screenshot({ path });
  assertEquals(picture.subarray(1, 4).toString(), "PNG");
});
