/** The documentation in a browser: readable on a phone and a desktop, by light and in the dark, by everybody. */

import { assertEquals, assertLessOrEqual } from "@std/assert";
import { findViolations } from "../support/accessibility.ts";
import { chromiumOfFile } from "../support/chromium.ts";
import { TestServer } from "../support/server.ts";

const chromium = chromiumOfFile();

/** A list, wide tables, long programs, and the page that is made of schemas. */
const PATHS = [
  "/docs",
  "/docs/limits",
  "/docs/embedding",
  "/docs/reference",
];

for (const width of [390, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test({
      name:
        `The documentation at ${width} px, ${colorScheme}, has no fault that axe finds, and no line is cut off`,
      ignore: chromium.missing,
      async fn() {
        const env = { INSECURE_ANONYMOUS_ALL: "true" };
        await using server = await TestServer.start({ env });
        const page = await chromium.newPage({
          viewport: { width, height: 800 },
          colorScheme,
        });
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") complaints.push(message.text());
        });
        for (const path of PATHS) {
          await page.goto(server.url + path);
          assertEquals(await findViolations(page), [], path);
          const wide = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          assertLessOrEqual(Number(wide), width, path);
        }
        assertEquals(complaints, []);
        await page.close();
      },
    });
  }
}

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
