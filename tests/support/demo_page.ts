/** A demo in a browser window: two panes, each handled as a person would. */

import type { Locator, Page } from "playwright-core";

/** One window with a demo. */
export class DemoPage implements AsyncDisposable {
  /** What the browser complained about: exceptions, refused loads, broken policies. */
  readonly complaints: string[] = [];
  readonly page: Page;
  readonly left: DemoPane;
  readonly right: DemoPane;

  private constructor(page: Page) {
    this.page = page;
    this.left = new DemoPane(page.locator(".demo-pane").nth(0));
    this.right = new DemoPane(page.locator(".demo-pane").nth(1));
    page.setDefaultTimeout(20_000);
    page.on("pageerror", ({ message }) => this.complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }

  /** Opens the demo of the server at `url`, and waits until both panes are connected. */
  static async open(page: Page, url: string, demo: string): Promise<DemoPage> {
    // A cut lasts until the test mends it, however slow the machine is.
    await page.goto(`${url}/demos/${demo}?cut=600`);
    return await DemoPage.follow(page);
  }

  /** Takes the demo that a window shows, and waits until both panes are connected. */
  static async follow(page: Page): Promise<DemoPage> {
    const window = new DemoPage(page);
    await window.left.state("connected").waitFor();
    await window.right.state("connected").waitFor();
    return window;
  }

  /** Closes the window. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close();
  }
}

/** One pane. */
export class DemoPane {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  /** The made-up name of its person. */
  async name(): Promise<string> {
    return (await this.root.getByRole("heading").innerText()).trim();
  }

  /** The state of its line, once it reads so. */
  state(text: string): Locator {
    return this.root.getByRole("status").filter({ hasText: text });
  }

  /** Cuts its line, and waits until it is cut. */
  async cut(): Promise<void> {
    await this.root.getByRole("button", { name: "Cut the line" }).click();
    await this.state("line is cut").waitFor();
  }

  /** Mends its line, and waits until it is connected. */
  async mend(): Promise<void> {
    await this.root.getByRole("button", { name: "Mend the line" }).click();
    await this.state("connected").waitFor();
  }

  /** The counter, once it reads so. */
  count(name: "received" | "recovered" | "lost", number: number): Locator {
    return this.root.locator(`[data-count="${name}"]`)
      .getByText(String(number), { exact: true });
  }
}
