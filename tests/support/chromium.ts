/** A headless Chromium for tests of what a browser does. */

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findTool, requireTool } from "./requirements.ts";

/** The names Chromium goes by, for `requireTool(...CHROMIUM_NAMES)`: first the one without windows of its own, which takes half the processor time. */
export const CHROMIUM_NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
] as const;

// Besides being headless: nothing that talks to hosts other than the server under test.
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A running browser; disposing of it closes it with all its pages. */
export class Chromium implements AsyncDisposable {
  #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Launches the first Chromium on PATH, with these flags besides. */
  static async launch(flags: readonly string[] = []): Promise<Chromium> {
    const executablePath = findTool(CHROMIUM_NAMES);
    if (executablePath === undefined) {
      throw new Error(
        `Cannot launch Chromium: no ${CHROMIUM_NAMES.join(" or ")} on PATH`,
      );
    }
    // Loaded here, so that tests without a browser never load Playwright.
    const { chromium } = await import("playwright-core");
    const args = [...FLAGS, ...flags];
    return new Chromium(await chromium.launch({ executablePath, args }));
  }

  get version(): string {
    return this.#browser.version();
  }

  /** A page with cookies and storage of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page> {
    return this.#browser.newPage(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}

/** The browser of a test file. */
export interface FileChromium {
  /** For `Deno.test({ ignore })`. */
  readonly missing: boolean;
  /** A page with cookies and storage of its own; whoever opens it closes it. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
}

/** Launches one Chromium before the first test of the calling file, with these flags besides, and closes it after the last. */
export function chromiumOfFile(flags: readonly string[] = []): FileChromium {
  const { missing } = requireTool(...CHROMIUM_NAMES);
  let browser: Chromium | undefined;
  if (!missing) {
    Deno.test.beforeAll(async () => {
      browser = await Chromium.launch(flags);
    });
    Deno.test.afterAll(async () => {
      await browser?.[Symbol.asyncDispose]();
    });
  }
  return {
    missing,
    newPage(options) {
      if (browser === undefined) {
        throw new Error("Cannot open a page: no test runs");
      }
      return browser.newPage(options);
    },
  };
}
