/** Every page of the site in a browser: axe-core finds nothing in each kind of page, light and dark, on a desktop and a phone, and no page scrolls sideways. */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { findViolations } from "../support/accessibility.ts";
import { chromiumOfFile } from "../support/chromium.ts";
import { TestServer } from "../support/server.ts";

const chromium = chromiumOfFile();

const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** Addresses that the navigations, the cards of the demos and the buttons to their sources on a page lead to. */
async function findAddresses(page: Page): Promise<string[]> {
  const links = page.locator(".masthead a, .cards a, .aside a, main nav a");
  const { origin } = new URL(page.url());
  const hrefs = await links.evaluateAll((all) =>
    all.map((link) => link.getAttribute("href") ?? "")
  );
  return hrefs
    .map((href) => new URL(href, page.url()))
    .filter((url) => url.origin === origin)
    .map(({ pathname }) => origin + pathname);
}

/** Pages of the documentation that are not like the others: with wide tables, long programs, and made of schemas. */
const OTHERS = ["/docs/limits", "/docs/embedding", "/docs/reference"];

/** Kind of a page: most of the documentation, and sources, differ in their text alone. */
function kindOf(pathname: string): string {
  if (OTHERS.includes(pathname)) return pathname;
  return pathname.replace(/^\/docs\/.+/, "/docs/*")
    .replace(/^(\/demos\/)[^/]+(\/source)$/, "$1*$2");
}

/** Faults of the page that is open, on a desktop and a phone; one that is like another is only measured. */
async function faultsOf(page: Page, isLikeAnother: boolean): Promise<string[]> {
  const faults: string[] = [];
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: "light" });
    if (!isLikeAnother) faults.push(...await findViolations(page));
    const width = await page.evaluate("document.documentElement.scrollWidth");
    if (width !== viewport.width) {
      faults.push(`scrolls sideways on a ${device}`);
    }
  }
  if (isLikeAnother) return faults;
  // In the dark only the colours are others, and they do not depend on the device.
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await findViolations(page, ["color-contrast"]);
  return [...faults, ...dark.map((violation) => `dark: ${violation}`)];
}

Deno.test({
  name:
    "axe-core finds no violation on the pages, light and dark, on a desktop and a phone; none scrolls sideways or complains",
  ignore: chromium.missing,
  async fn() {
    await using server = await TestServer.start({
      env: {
        INSECURE_ANONYMOUS_ALL: "true",
        DEMOS: "true",
        HOST: "127.0.0.1",
      },
    });
    const page = await chromium.newPage();
    const faults: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") {
        faults.push(`${page.url()} ${message.text()}`);
      }
    });
    const pages = new Set([`${server.url}/`]);
    const kinds = new Set<string>();
    for (const address of pages) {
      await page.goto(address);
      for (const found of await findAddresses(page)) pages.add(found);
      // Where panes connect, as they are then.
      if (await page.locator(".demo-pane").count() > 0) {
        await page.locator('.line-state[data-state="open"]').nth(1).waitFor();
      }
      const { pathname } = new URL(address);
      const kind = kindOf(pathname);
      const found = await faultsOf(page, kinds.has(kind));
      faults.push(...found.map((fault) => `${pathname} ${fault}`));
      kinds.add(kind);
    }
    assert(pages.has(`${server.url}/demos/chat/source`), [...pages].join());
    for (const other of OTHERS) assert(kinds.has(other), other);
    assertEquals(faults, []);
    await page.close();
  },
});
