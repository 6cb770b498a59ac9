/** The page of a hub that is mounted under a path, in a real browser. */

import { assertEquals } from "@std/assert";
import { Hono } from "hono";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { Chromium, CHROMIUM_NAMES } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { requireTool } from "../support/requirements.ts";
import { TextClient } from "../support/text_client.ts";

const chromium = requireTool(...CHROMIUM_NAMES);

for (const transport of ["websocket", "sse", "poll"]) {
  Deno.test({
    name: `The page of a mounted hub connects under its path over ${transport}`,
    ignore: chromium.missing,
    async fn() {
      const hub = createHub({ access: "anonymous" });
      const app = new Hono().route("/realtime", thrum(hub));
      await using server = new EmbeddingServer(
        hub,
        (request) => app.fetch(request),
      );
      await using browser = await Chromium.launch();
      const url = `http://${server.host}/realtime`;
      const window = await ConsolePage.open(await browser.newPage(), url);
      const socket = await window.page.getByLabel("URL").inputValue();
      assertEquals(socket, `ws://${server.host}/realtime/ws`);
      await window.page.getByLabel("Transport").selectOption(transport);
      await window.connect("alice");
      await window.join("#room");
      await using bob = await TextClient.open(`${socket}?uid=bob`);
      bob.send("#room:hello");
      await window.frame("#room:hello").waitFor();
      assertEquals(window.complaints, []);
    },
  });
}
