/** The ways of an operator through the inspector, in a real browser, against real servers. */

import { assert, assertEquals, assertFalse } from "@std/assert";
import { chromiumOfFile } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { InspectorPage } from "../support/inspector_page.ts";
import { IsolateDoors } from "../support/isolate_doors.ts";
import { TestServer } from "../support/server.ts";
import { TextClient } from "../support/text_client.ts";
import { SECRET, signToken } from "../support/token.ts";

const chromium = chromiumOfFile();
const ADMIN_KEY = "hunter2 is the key of the operators";
// Clients that say nothing stay, however long a view takes.
const CALM = { HOST: "127.0.0.1", HEARTBEAT_TIMEOUT: "600s" };
const OPEN = { ...CALM, INSECURE_ANONYMOUS_ALL: "true" };

function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: chromium.missing, fn });
}

/** Sends frames of a client until it is disposed of or its connection ends. */
function flood(client: TextClient, frame: string, perTurn = 20): Disposable {
  const timer = setInterval(() => {
    for (let number = 0; number < perTurn; number++) client.send(frame);
  }, 100);
  client.closed.then(() => clearInterval(timer));
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

browserTest(
  "An operator finds the client that floods on any of three isolates, sees its frames, and disconnects it for good",
  async () => {
    await using doors = await IsolateDoors.start(3, CALM);
    await using clients = new AsyncDisposableStack();
    for (const [index, url] of doors.wsUrls.entries()) {
      const calm = await TextClient.open(`${url}/ws?uid=calm${index}`);
      clients.use(calm).send("+#lobby");
    }
    // Not on the isolate that serves the page, at least for two of three.
    const culprit = clients.use(
      await TextClient.open(`${doors.wsUrls[2]}/ws?uid=mallory`),
    );
    using _ = flood(culprit, "#lobby:spam spam spam");
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      doors.urls[0] ?? "",
    );
    await operator.figure("Connections").filter({ hasText: /^4$/ }).waitFor();
    await operator.page.getByText("All nodes have answered").waitFor();
    const nodes = operator.page.locator("section", { hasText: "Nodes" })
      .locator("tbody tr");
    assertEquals(await nodes.count(), 3);
    await operator.assertClean();

    await operator.goTo("Connections");
    // The greatest rate comes first.
    const first = operator.rows.first();
    await first.filter({ hasText: "mallory" }).waitFor();
    assertEquals(await operator.rows.count(), 4);
    await operator.assertClean();
    await first.getByRole("rowheader").getByRole("link").click();

    await operator.figure("User").filter({ hasText: "mallory" }).waitFor();
    await operator.page.getByLabel("payloads").check();
    await operator.page.getByRole("button", { name: "Follow" }).click();
    await operator.page.locator(".frames li.in")
      .filter({ hasText: "#lobby:spam spam spam" }).first().waitFor();
    await operator.assertClean();
    await operator.sure("Disconnect");
    // One that goes on to send may not get the code.
    await culprit.closed;
    await operator.page.getByText("ended: 3503").waitFor();

    await operator.goTo("Connections");
    await operator.rows.nth(2).waitFor();
    await operator.rows.filter({ hasText: "mallory" }).waitFor({
      state: "detached",
    });
  },
);

browserTest(
  "An operator sees a channel of three isolates live: publishes, unsubscribes one, drops the history",
  async () => {
    await using doors = await IsolateDoors.start(3, {
      ...CALM,
      CHANNEL_HISTORY_SIZE: "7",
    });
    await using clients = new AsyncDisposableStack();
    const [, subscriber] = await Promise.all(
      doors.wsUrls.map(async (url, index) => {
        const client = await TextClient.open(`${url}/ws?uid=user${index}`);
        clients.use(client).send("+#lobby");
        assertEquals(await client.next(), "+#lobby");
        return client;
      }),
    );
    assert(subscriber !== undefined);
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      doors.urls[0] ?? "",
    );
    await operator.goTo("Channels");
    await operator.page.getByLabel("Search for a part").fill("lob");
    await operator.page.getByRole("link", { name: "lobby" }).click();
    await operator.figure("Subscribers").filter({ hasText: /^3$/ }).waitFor();
    const size = operator.page.locator("tr", { hasText: "historySize" });
    await size.filter({ hasText: "7" }).filter({ hasText: "*" }).waitFor();
    await operator.page.getByRole("button", { name: "Follow" }).click();
    await operator.page.getByLabel("Publish JSON or text").fill("hello all");
    await operator.page.getByRole("button", { name: "Publish" }).click();
    await operator.page.getByText("Published as #1.").waitFor();
    assertEquals(await subscriber.next(), "#lobby:hello all");
    await operator.page.locator(".trace .frames li").first().waitFor();
    await operator.page.locator(".frames").filter({ hasText: '"hello all"' })
      .waitFor();
    await operator.assertClean();

    await operator.sure(
      "Unsubscribe",
      operator.rows.filter({ hasText: "user1" }),
    );
    assertEquals(await subscriber.next(), "-#lobby");
    await operator.figure("Subscribers").filter({ hasText: /^2$/ }).waitFor();
    await operator.sure("Drop the history");
    await operator.page.locator(".frames").filter({ hasText: '"hello all"' })
      .waitFor({ state: "detached" });
  },
);

browserTest(
  "An operator reads why a client is refused, and the token is in no address",
  async () => {
    await using server = await TestServer.start({
      env: { HOST: "127.0.0.1", TOKEN_SECRET: SECRET, ADMIN_KEY },
    });
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      server.url,
    );
    await operator.logIn(ADMIN_KEY);
    await operator.goTo("Why");
    const token = await signToken({ sub: "bob" });
    const explain = async (channel: string) => {
      await operator.page.getByLabel("Token of the connection").fill(token);
      await operator.page.getByLabel("Channel", { exact: true }).fill(channel);
      await operator.page.getByRole("button", { name: "Explain" }).click();
    };
    const row = (action: string) =>
      operator.page.locator(`[data-action="${action}"]`);
    await explain("$secret");
    await row("subscribe").filter({ hasText: "no" })
      .filter({ hasText: "private" }).waitFor();
    await row("connect").filter({ hasText: "yes" }).waitFor();
    await explain("room#alice");
    await row("publish").filter({ hasText: "no" })
      .filter({ hasText: "users" }).waitFor();
    await explain("nowhere:1");
    await row("subscribe").filter({ hasText: "unknownChannel" }).waitFor();
    await operator.page.getByLabel("Token of the connection")
      .fill(await signToken({ sub: "bob" }, { secret: `${SECRET}!` }));
    await operator.page.getByRole("button", { name: "Explain" }).click();
    await operator.page.getByText("The token is not accepted (invalid)")
      .waitFor();
    await operator.assertClean();
    assertFalse(operator.requests.some((url) => url.includes(token)));
    assertFalse(operator.page.url().includes(token));
  },
);

browserTest(
  "An operator logs in and out; another key is refused, and a script cannot read the session",
  async () => {
    await using server = await TestServer.start({
      env: { ...OPEN, ADMIN_KEY },
    });
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      server.url,
    );
    await operator.logIn("another key");
    await operator.page.getByText("This is not the key.").waitFor();
    // The browser notes each answer that is no success.
    operator.complaints.splice(0);
    await operator.assertClean();
    await operator.logIn(ADMIN_KEY);
    await operator.figure("Connections").waitFor();
    await operator.page.locator("h2:focus").waitFor();
    assertEquals(await operator.page.evaluate("document.cookie"), "");
    const [cookie] = await operator.page.context().cookies();
    assertEquals(
      [cookie?.httpOnly, cookie?.sameSite, cookie?.path],
      [true, "Strict", "/inspector"],
    );
    await operator.page.reload();
    await operator.figure("Connections").waitFor();
    await operator.page.getByRole("button", { name: "Log out" }).click();
    await operator.page.getByLabel("Admin key of this server").waitFor();
    assertEquals(await operator.page.context().cookies(), []);
    assertFalse(operator.requests.some((url) => /hunter2/.test(url)));
  },
);

Deno.test("A log-out ends the session on every isolate", async () => {
  await using doors = await IsolateDoors.start(3, {
    HOST: "127.0.0.1",
    ADMIN_KEY,
  });
  const post = async (at: number, path: string, body: object, Cookie = "") => {
    const Origin = doors.urls[at] ?? "";
    const response = await fetch(`${Origin}/inspector/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin, Cookie },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    return response;
  };
  const { headers } = await post(0, "login", { key: ADMIN_KEY });
  const [cookie = ""] = headers.get("set-cookie")?.split(";") ?? [];
  const statuses = async () => {
    const answers = [0, 1, 2].map((at) => post(at, "api/info", {}, cookie));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  assertEquals(await statuses(), [200, 200, 200]);
  await post(1, "logout", {}, cookie);
  assertEquals(await statuses(), [401, 401, 401]);
});

browserTest(
  "An address that names nothing says so, and every view has a title of its own",
  async () => {
    await using server = await TestServer.start({ env: OPEN });
    await using bob = await TextClient.open(`${server.wsUrl}/ws?uid=bob`);
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      server.url,
    );
    const { page } = operator;
    const visit = (hash: string) => page.goto(`${server.url}/inspector${hash}`);
    // Not waitForFunction: the page's policy lets no text be evaluated when it looks again.
    const titled = (title: string) =>
      eventually(async () => await page.title() === title, {
        awaited: `the title ${title}`,
        timeoutMs: 20_000,
      });
    await visit("#/junk");
    await page.getByRole("heading", { name: "No such page" }).waitFor();
    await titled("No such page – Thrum: inspector");
    await operator.assertClean();
    await page.getByRole("link", { name: "overview", exact: true }).click();
    await operator.figure("Connections").waitFor();
    await titled("Overview – Thrum: inspector");

    await visit("#/connection/nope");
    await page.getByText("There is no connection of this id").waitFor();
    await visit("#/user/nobody");
    await page.getByText("This user has no connection now.").waitFor();
    await titled("User \u2068nobody\u2069 – Thrum: inspector");
    assertEquals(await page.locator("main form").count(), 0);
    assertEquals(await page.getByRole("button").count(), 0);
    await operator.assertClean();
    await page.getByRole("link", { name: "All connections" }).click();
    await titled("Connections – Thrum: inspector");

    // A jump to the content of the page leaves the view.
    await page.evaluate('location.hash = "#main"');
    await operator.rows.first().getByRole("rowheader").getByRole("link")
      .click();
    await operator.figure("User").filter({ hasText: "bob" }).waitFor();
    await page.getByRole("button", { name: "Disconnect" }).waitFor();
    await bob[Symbol.asyncDispose]();
    await page.getByText("This connection has ended.").waitFor();
    await page.getByRole("button", { name: "Disconnect" }).waitFor({
      state: "detached",
    });
  },
);

browserTest(
  "A click that comes before the first frame changes the view, and nothing follows the one before",
  async () => {
    await using server = await TestServer.start({ env: OPEN });
    const page = await chromium.newPage();
    await page.addInitScript(`const frames = globalThis.frames = [];
      globalThis.requestAnimationFrame = (draw) => frames.push(draw);`);
    await using operator = await InspectorPage.open(page, server.url);
    await page.getByRole("link", { name: "Channels" }).click();
    await page.getByRole("heading", { name: "Channels", level: 2 }).waitFor();
    await page.evaluate("for (const draw of frames) draw(0)");
    const asked = (method: string) =>
      operator.requests.filter((url) => url.endsWith(`/${method}`)).length;
    const before = asked("load");
    await eventually(() => asked("channels_page") > 2, {
      awaited: "the channels, three times",
      timeoutMs: 30_000,
    });
    assertEquals(asked("load"), before);
    assertEquals(operator.complaints, []);
  },
);

browserTest(
  "A user's connections, a message to them, and every view on a phone in the dark are as they should be",
  async () => {
    await using server = await TestServer.start({ env: OPEN });
    await using phone = await TextClient.open(`${server.wsUrl}/ws?uid=bob`);
    await using laptop = await TextClient.open(`${server.wsUrl}/ws?uid=bob`);
    laptop.send("+#lobby");
    assertEquals(await laptop.next(), "+#lobby");
    await using operator = await InspectorPage.open(
      await chromium.newPage({
        colorScheme: "dark",
        viewport: { width: 390, height: 844 },
      }),
      server.url,
    );
    await operator.figure("Connections").filter({ hasText: /^2$/ }).waitFor();
    await operator.assertClean();
    await operator.goTo("Connections");
    await operator.page.getByLabel("Search for a uid").fill("bo");
    await operator.rows.first().getByRole("link", { name: "bob" }).click();
    await operator.figure("Connections").filter({ hasText: /^2$/ }).waitFor();
    await operator.page.getByRole("link", { name: "lobby" }).waitFor();
    await operator.page.getByLabel("Send JSON or text").fill('{"a":1}');
    await operator.page.getByRole("button", { name: "Send" }).click();
    await operator.page.getByText("Sent.").waitFor();
    assertEquals(await phone.next(), '{"a":1}');
    assertEquals(await laptop.next(), '{"a":1}');
    await operator.assertClean();
    for (const part of ["Channels", "Why"] as const) {
      await operator.goTo(part);
      await operator.page.getByRole("heading", { name: part, level: 2 })
        .waitFor();
      await operator.assertClean();
    }
    const width = "document.documentElement.scrollWidth";
    assertEquals(await operator.page.evaluate(width), 390);
    await operator.page.goto(`${server.url}/inspector#/user/bob`);
    await operator.sure("Disconnect");
    await Promise.all([phone.closed, laptop.closed]);
  },
);

browserTest(
  "Long names are cut in the lists and leave every view as wide as the window; what is not seen in a name is shown",
  async () => {
    await using server = await TestServer.start({ env: OPEN });
    const long = "a".repeat(200);
    await using client = await TextClient.open(
      `${server.wsUrl}/ws?uid=${long}`,
    );
    const channel = `#${"r".repeat(150)}`;
    client.send(`+${channel}`);
    assertEquals(await client.next(), `+${channel}`);
    const uid = encodeURIComponent("bo\u200bb");
    await using _ = await TextClient.open(`${server.wsUrl}/ws?uid=${uid}`);
    await using operator = await InspectorPage.open(
      await chromium.newPage(),
      server.url,
    );
    const { page } = operator;
    const assertNarrow = async (width: number) =>
      assertEquals(
        await page.evaluate("document.documentElement.scrollWidth"),
        width,
      );
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await operator.goTo("Connections");
      const link = page.getByRole("link", { name: long });
      await link.waitFor();
      const { width: cut = Infinity } = await link.boundingBox() ?? {};
      assert(cut < width / 2 + 1, `${cut} px of ${width}`);
      await assertNarrow(width);
      const hidden = page.getByRole("link", { name: "boU+200Bb" });
      assertEquals(await hidden.getAttribute("title"), "bo[U+200B]b");
      await operator.assertClean();
      await link.click();
      await page.getByRole("heading", { name: long }).waitFor();
      const joined = page.getByRole("link", { name: channel.slice(1) });
      await joined.waitFor();
      await assertNarrow(width);
      await page.getByRole("rowheader").getByRole("link").click();
      await joined.waitFor();
      await assertNarrow(width);
      await operator.goTo("Channels");
      await joined.waitFor();
      await assertNarrow(width);
      await joined.click();
      await page.getByRole("heading", { name: channel.slice(1) }).waitFor();
      await page.getByRole("link", { name: long }).first().waitFor();
      await assertNarrow(width);
    }
  },
);
