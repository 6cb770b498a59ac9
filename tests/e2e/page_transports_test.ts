/** The page's transport switch: whichever is chosen, the conversation is the same. */

import { assertEquals } from "@std/assert";
import { requireTool } from "../support/requirements.ts";
import { Chromium, CHROMIUM_NAMES } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { startServer } from "./text_server.ts";

const chromium = requireTool(...CHROMIUM_NAMES);

for (const transport of ["WebSocket", "SSE + POST", "Long polling"]) {
  Deno.test({
    name:
      `The page talks over ${transport}, and shows that and how far away the server is`,
    ignore: chromium.missing,
    async fn() {
      await using server = await startServer();
      await using browser = await Chromium.launch();
      const open = async () =>
        await ConsolePage.open(await browser.newPage(), server.url);
      const [alice, bob] = [await open(), await open()];
      await alice.page.getByLabel("Transport").selectOption(transport);
      await alice.connect("alice");
      await bob.connect("bob");
      await alice.figure("transport", transport).waitFor();
      await alice.page.locator('[data-figure="round trip"]')
        .getByText(/^\d+\.\d ms$/).waitFor();
      await alice.join("#lounge");
      await bob.join("#lounge");
      await bob.say("#lounge", "hello, alice");
      await alice.frame("#lounge:hello, alice").waitFor();
      await alice.say("bob", "hello, bob");
      await bob.frame("alice>hello, bob").waitFor();
      await bob.say("alice", "how are you?");
      await alice.frame("bob>how are you?").waitFor();
      assertEquals([...alice.complaints, ...bob.complaints], []);
    },
  });
}
