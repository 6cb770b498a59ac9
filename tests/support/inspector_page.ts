/** The page at `/inspector` in a browser window, handled as an operator would. */

import { assertEquals } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { findViolations } from "./accessibility.ts";
import { eventually } from "./eventually.ts";

/** One window with the page. */
export class InspectorPage implements AsyncDisposable {
  /** What the browser complained about: exceptions, refused loads, broken policies. */
  readonly complaints: string[] = [];
  /** Addresses that were asked for. */
  readonly requests: string[] = [];
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(20_000);
    page.on("pageerror", ({ message }) => this.complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("request", (request) => this.requests.push(request.url()));
  }

  /** Opens the page of a server. */
  static async open(page: Page, url: string): Promise<InspectorPage> {
    const inspector = new InspectorPage(page);
    await page.goto(`${url}/inspector`);
    return inspector;
  }

  /** Takes the page that a window shows. */
  static follow(page: Page): InspectorPage {
    return new InspectorPage(page);
  }

  /** Logs in. */
  async logIn(key: string): Promise<void> {
    await this.page.getByLabel("Admin key of this server").fill(key);
    await this.page.getByRole("button", { name: "Log in" }).click();
  }

  /** Goes to one of the four parts. */
  async goTo(part: "Overview" | "Channels" | "Connections" | "Why") {
    const name = part;
    await this.page.getByRole("navigation", { name: "Inspector" })
      .getByRole("link", { name }).click();
    // Links of the view before may have the names of those to come.
    await eventually(async () => (await this.page.title()).startsWith(part), {
      awaited: `the view ${part}`,
      timeoutMs: 20_000,
    });
  }

  /** A figure by its term. */
  figure(term: string): Locator {
    return this.page.locator(`[data-figure="${term}"]`);
  }

  /** Rows of the list. */
  get rows(): Locator {
    return this.page.locator("table.list tbody tr");
  }

  /** Presses a button that asks once more, and presses it again. */
  async sure(name: string, within: Locator = this.page.locator("main")) {
    await within.getByRole("button", { name, exact: true }).click();
    await within.getByRole("button", { name: `${name}: sure?` }).click();
  }

  /** Fails if the browser or axe has something to say about the page. */
  async assertClean(): Promise<void> {
    assertEquals(await findViolations(this.page), []);
    assertEquals(this.complaints, []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close();
  }
}
