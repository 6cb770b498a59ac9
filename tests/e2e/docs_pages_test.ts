/** The documentation in a browser, by the keyboard; accessibility_test examines its pages. */

import { assertEquals } from "@std/assert";
import { chromiumOfFile } from "../support/chromium.ts";
import { TestServer } from "../support/server.ts";

const chromium = chromiumOfFile();

Deno.test({
  name:
    "A reader goes from the list to a page and on to the next by the keyboard",
  ignore: chromium.missing,
  async fn() {
    const env = { INSECURE_ANONYMOUS_ALL: "true" };
    await using server = await TestServer.start({ env });
    const page = await chromium.newPage();
    await page.goto(`${server.url}/docs`);
    const list = page.getByRole("navigation", { name: "Documentation" });
    await list.getByRole("link", { name: "Channels" }).press("Enter");
    await page.getByRole("heading", { name: "Channels", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Tokens", exact: true }).last()
      .press("Enter");
    await page.getByRole("heading", { name: "Tokens", level: 1 }).waitFor();
    assertEquals(new URL(page.url()).pathname, "/docs/tokens");
    await page.close();
  },
});
