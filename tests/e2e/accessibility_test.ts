/** Every page of the site, examined by axe-core in a browser: light and dark, on a phone and on a desktop. */

import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { chromiumOfFile } from "../support/chromium.ts";
import { TestServer } from "../support/server.ts";

const chromium = chromiumOfFile();

const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Violations that axe-core finds in a page, each in one line. */
async function examine(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const violations: Finding[] = await page.evaluate(
    "axe.run().then(({ violations }) => violations)",
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`)
  );
}

/** Every page that the navigations, the cards of the demos and the buttons to their sources lead to. */
async function findPages(page: Page, url: string): Promise<string[]> {
  const found = new Set([`${url}/`]);
  for (const address of found) {
    await page.goto(address);
    const links = page.locator(
      ".masthead a, .cards a, .aside a, main nav a",
    );
    for (const link of await links.all()) {
      const href = await link.getAttribute("href") ?? "";
      const { origin, pathname } = new URL(href, address);
      if (origin === new URL(url).origin) found.add(origin + pathname);
    }
  }
  return [...found];
}

for (const scheme of ["light", "dark"] as const) {
  for (const [device, viewport] of Object.entries(VIEWPORTS)) {
    Deno.test({
      name:
        `axe-core finds no violation on any page, ${scheme}, on a ${device}`,
      ignore: chromium.missing,
      async fn() {
        await using server = await TestServer.start({
          env: {
            INSECURE_ANONYMOUS_ALL: "true",
            DEMOS: "true",
            HOST: "127.0.0.1",
          },
        });
        const page = await chromium.newPage({
          viewport,
          colorScheme: scheme,
          // The pages' own policy lets no script in but their own.
          bypassCSP: true,
        });
        const pages = await findPages(page, server.url);
        assert(pages.includes(`${server.url}/docs`), pages.join());
        assert(pages.includes(`${server.url}/demos/chat/source`), pages.join());
        const violations: string[] = [];
        for (const address of pages) {
          await page.goto(address);
          // Where panes connect, as they are then.
          const panes = page.locator('.line-state[data-state="open"]');
          if (await page.locator(".demo-pane").count() > 0) {
            await panes.nth(1).waitFor();
          }
          for (const violation of await examine(page)) {
            violations.push(`${new URL(address).pathname} ${violation}`);
          }
          const width = await page.evaluate(
            "document.documentElement.scrollWidth",
          );
          if (width !== viewport.width) {
            violations.push(`${address} scrolls sideways`);
          }
        }
        assertEquals(violations, []);
        await page.close();
      },
    });
  }
}
