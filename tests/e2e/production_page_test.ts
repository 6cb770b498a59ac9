/** The page at `/` of a server that asks for tokens. */

import { assertEquals } from "@std/assert";
import { findViolations } from "../support/accessibility.ts";
import { chromiumOfFile } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { TestServer } from "../support/server.ts";
import { SECRET, signToken } from "../support/token.ts";

const chromium = chromiumOfFile();

Deno.test({
  name:
    "The page of a server that asks for tokens says so and how to get one, offers no uid, and connects with a token",
  ignore: chromium.missing,
  async fn() {
    await using server = await TestServer.start({
      env: { TOKEN_SECRET: SECRET, HOST: "127.0.0.1" },
    });
    await using own = await ConsolePage.visit(
      await chromium.newPage(),
      server.url,
    );
    const { page } = own;
    await own.state("3 closed").waitFor();
    await page.getByText("This server asks for a token.").waitFor();
    await page.getByText("Connect with a token, then").waitFor();
    assertEquals(await page.getByLabel("uid", { exact: true }).count(), 0);
    assertEquals(await own.log(), []);
    assertEquals(await findViolations(page), []);
    // An attempt without one ends in the form.
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.locator("input[name=token]:invalid:focus").waitFor();
    assertEquals(await own.log(), []);

    const token = page.getByLabel("Token", { exact: true });
    await token.fill(await signToken({ sub: "bob" }, { secret: `${SECRET}!` }));
    await page.keyboard.press("Enter");
    await own.frame(/^the server does not accept this token: /).waitFor();
    await token.fill(await signToken({ sub: "alice" }));
    await page.keyboard.press("Enter");
    await own.state("1 open").waitFor();
    await own.say("alice", "to myself");
    await own.frame("alice>to myself").waitFor();

    await page.getByRole("link", { name: "make a token" }).click();
    await page.getByRole("heading", { name: "Tokens", level: 1 }).waitFor();
    assertEquals(own.complaints, []);
  },
});
