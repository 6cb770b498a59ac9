import { assertEquals } from "@std/assert";
import { Chromium, CHROMIUM_NAMES } from "../../support/chromium.ts";
import { requireTool } from "../../support/requirements.ts";

const chromium = requireTool(...CHROMIUM_NAMES);

Deno.test({
  name: "Chromium opens pages that share no storage",
  ignore: chromium.missing,
  async fn() {
    await using server = Deno.serve(
      { port: 0, onListen: () => {} },
      () =>
        new Response("<title>page</title>", {
          headers: { "content-type": "text/html" },
        }),
    );
    await using browser = await Chromium.launch();
    const [one, other] = [await browser.newPage(), await browser.newPage()];
    for (const page of [one, other]) {
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    }
    await one.evaluate("localStorage.setItem('key', 'value')");
    assertEquals(await one.title(), "page");
    assertEquals(await other.evaluate("localStorage.length"), 0);
  },
});
