/** The page at `/` in a browser window, handled as a person would. */

import type { Locator, Page } from "playwright-core";

/** One window with the page. */
export class ConsolePage implements AsyncDisposable {
  /** What the browser complained about: exceptions, refused loads, broken policies. */
  readonly complaints: string[] = [];
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(30_000);
    page.on("pageerror", ({ message }) => this.complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }

  /** Loads the page of the server at `url`, as one who disconnected at the last visit: it does not connect by itself. */
  static async open(page: Page, url: string): Promise<ConsolePage> {
    await page.addInitScript(
      `localStorage.setItem("thrum.connects", "false");
      sessionStorage.setItem("thrum.uid", "");`,
    );
    return await ConsolePage.visit(page, url);
  }

  /** Loads the page of the server at `url`, as a newcomer or as one who has left connected. */
  static async visit(page: Page, url: string): Promise<ConsolePage> {
    const window = new ConsolePage(page);
    await page.goto(url);
    await page.getByRole("button", { name: /^(?:Connect|Reconnect)$/ })
      .waitFor();
    return window;
  }

  /** Closes the window, as its user would. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close();
  }

  /** Connects as `uid` and waits until the connection is open. */
  async connect(uid: string): Promise<void> {
    await this.page.getByLabel("uid", { exact: true }).fill(uid);
    await this.page.keyboard.press("Enter");
    await this.state("1 open").waitFor();
  }

  /** Joins the channel and waits for the server's answer; `shown` is how its name looks. */
  async join(channel: string, shown = channel): Promise<void> {
    await this.page.getByLabel("Channel", { exact: true }).fill(channel);
    await this.page.keyboard.press("Enter");
    await this.frame(`+${shown}`).last().waitFor();
  }

  /** Sends a message, with Enter. */
  async say(to: string, message: string): Promise<void> {
    await this.page.getByLabel("To", { exact: true }).fill(to);
    await this.page.getByLabel("Message", { exact: true }).fill(message);
    await this.page.keyboard.press("Enter");
  }

  /** The readyState, once it reads like `1 open`. */
  state(text: string): Locator {
    const [digit = "", name = ""] = text.split(" ");
    return this.page.getByRole("status").filter({
      hasText: new RegExp(`${digit}\\s*${name}$`),
    });
  }

  /** The figure called `name`, once it reads `text`. */
  figure(name: string, text: string): Locator {
    return this.page.locator(`[data-figure="${name}"]`)
      .getByText(text, { exact: true });
  }

  /** Rows of the log that read `text`. */
  frame(text: string | RegExp): Locator {
    const hasText = typeof text === "string"
      ? new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`)
      : text;
    return this.page.getByRole("log").locator("code").filter({ hasText });
  }

  /** Every row of the log: its mark and its text. */
  log(): Promise<string[]> {
    return this.page.getByRole("log").getByRole("listitem").evaluateAll(
      (rows) =>
        rows.map((row) => {
          const [mark, text] = [".mark", "code"].map((part) =>
            row.querySelector(part)?.textContent
          );
          return `${mark} ${text}`;
        }),
    );
  }
}
