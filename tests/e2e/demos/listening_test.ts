/** What all demos have in common on a slow machine, where an answer may come before the next frame. */

import { assertEquals } from "@std/assert";
import { DEMOS } from "../../../examples/demos/catalogue.ts";
import { chromiumOfFile } from "../../support/chromium.ts";
import { eventually } from "../../support/eventually.ts";
import { TestServer } from "../../support/server.ts";
import { SECRET } from "../../support/token.ts";

const chromium = chromiumOfFile();

Deno.test({
  name: "No demo subscribes before the frame in which it begins to listen",
  ignore: chromium.missing,
  async fn() {
    await using server = await TestServer.start({
      env: { DEMOS: "true", HOST: "127.0.0.1", TOKEN_SECRET: SECRET },
    });
    const page = await chromium.newPage();
    // That frame never comes.
    await page.addInitScript("globalThis.requestAnimationFrame = () => 0");
    let connected = 0;
    const sent: string[] = [];
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        if (payload.includes('"connect"')) connected++;
      });
      socket.on("framesent", ({ payload }) => sent.push(String(payload)));
    });
    for (const { name } of DEMOS) {
      connected = 0;
      await page.goto(`${server.url}/demos/${name}`);
      await eventually(() => connected === 2, {
        awaited: `both panes of ${name}`,
        timeoutMs: 30_000,
      });
      // What the answers have led to is sent by now.
      await page.evaluate("0");
      const early = sent.filter((text) => text.includes('"subscribe"'));
      assertEquals(early, [], name);
    }
    await page.close();
  },
});
