/** Tests of demos: each has a server with the demos, and opens windows of the browser of its file. */

import type { BrowserContextOptions } from "playwright-core";
import { chromiumOfFile } from "./chromium.ts";
import { DemoPage } from "./demo_page.ts";
import { TestServer } from "./server.ts";

/** What a test of a demo has. */
export interface DemoStage {
  readonly server: TestServer;
  /** Opens the demo in a window of its own. */
  readonly open: (options?: BrowserContextOptions) => Promise<DemoPage>;
}

/** Declares the tests of one demo, for the calling file; its browser has these flags besides. */
export function demoTests(
  demo: string,
  flags: readonly string[] = [],
): (name: string, fn: (stage: DemoStage) => Promise<void>) => void {
  const chromium = chromiumOfFile(flags);
  return (name, fn) => {
    Deno.test({
      name,
      ignore: chromium.missing,
      async fn() {
        await using server = await TestServer.start({
          // Not open to every client: the demos have their own rules.
          env: {
            DEMOS: "true",
            HOST: "127.0.0.1",
            TOKEN_SECRET: "a secret of at least 32 characters",
          },
        });
        await using windows = new AsyncDisposableStack();
        const open = async (options?: BrowserContextOptions) =>
          windows.use(
            await DemoPage.open(
              await chromium.newPage(options),
              server.url,
              demo,
            ),
          );
        await fn({ server, open });
      },
    });
  };
}
