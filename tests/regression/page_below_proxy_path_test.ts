/** Below a path of a proxy that takes the path away, the page once loaded its files from the root, where there were none. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createHub } from "../../lib/create_hub.ts";
import { thrum } from "../../routes/mod.ts";
import { Chromium, CHROMIUM_NAMES } from "../support/chromium.ts";
import { ConsolePage } from "../support/console_page.ts";
import { EmbeddingServer } from "../support/embedding_server.ts";
import { ReverseProxy } from "../support/reverse_proxy.ts";
import { requireTool } from "../support/requirements.ts";
import { Sdk } from "../support/sdk.ts";
import { TextClient } from "../support/text_client.ts";

const tools = [requireTool(...CHROMIUM_NAMES), requireTool("nginx")];
const nginx = requireTool("nginx");

function startHub() {
  const hub = createHub({ access: "anonymous" });
  const app = thrum(hub);
  return new EmbeddingServer(hub, (request) => app.fetch(request));
}

Deno.test({
  name:
    "Below a path, every file of the pages is there, and the documents name the path",
  ignore: nginx.missing,
  async fn() {
    await using server = startHub();
    await using proxy = await ReverseProxy.start("nginx", server.host);
    for (
      const path of [
        "/hub",
        "/hub/",
        "/hub/docs",
        "/hub/docs/tokens",
        "/",
        "/docs",
      ]
    ) {
      const page = await fetch(`${proxy.plainUrl}${path}`);
      const html = await page.text();
      const addresses = [...html.matchAll(/ (?:src|href)="([^"#][^"]*)"/g)]
        .map(([, address = ""]) => new URL(address, page.url).href);
      assert(addresses.length >= 3, `${path}: ${addresses}`);
      for (const address of addresses) {
        assertEquals(address.includes("/hub/"), path.startsWith("/hub"));
        const response = await fetch(address);
        await response.body?.cancel();
        // Behind a proxy, which says who is there, the inspector wants a key.
        const { pathname } = new URL(address);
        const isDoor = /^(?:\/hub)?\/inspector$/.test(pathname);
        assertEquals(response.status, isDoor ? 403 : 200, address);
      }
    }
    for (const base of [`${proxy.plainUrl}/hub`, proxy.plainUrl]) {
      const { servers: [here] } = await (await fetch(`${base}/openapi.json`))
        .json();
      const api = new URL(here.url, `${base}/openapi.json`).href;
      assertEquals(api, `${base}/`);
      const { servers } = await (await fetch(`${base}/asyncapi.json`)).json();
      const { host, pathname = "" } = servers.here;
      assertEquals(`http://${host}${pathname}`, base);
    }
    const docs = await (await fetch(`${proxy.plainUrl}/hub/docs/reference`))
      .text();
    assertStringIncludes(docs, `"$HUB/api/publish"`);
  },
});

Deno.test({
  name: "Below a path, an SDK connects over each of its transports",
  ignore: nginx.missing,
  async fn() {
    await using server = startHub();
    await using proxy = await ReverseProxy.start("nginx", server.host);
    for (const transport of ["websocket", "sse", "http_stream"] as const) {
      const base = `${proxy.plainUrl}/hub`;
      const endpoint = `${base}/connection/${transport}`;
      using sdk = new Sdk([{
        transport,
        endpoint: transport === "websocket"
          ? endpoint.replace("http", "ws")
          : endpoint,
      }], { emulationEndpoint: `${base}/emulation` });
      await sdk.connect();
      const news = await sdk.subscribe("news");
      await server.hub.publish("news", [transport]);
      await news.count(1);
      assertEquals(news.data, [[transport]]);
    }
  },
});

Deno.test({
  name:
    "Below a path, the page connects to the socket beside it, over each transport",
  ignore: tools.some(({ missing }) => missing),
  async fn() {
    await using server = startHub();
    await using proxy = await ReverseProxy.start("nginx", server.host);
    await using browser = await Chromium.launch();
    for (const transport of ["websocket", "sse", "poll"]) {
      const page = await browser.newPage();
      const window = await ConsolePage.open(page, `${proxy.plainUrl}/hub/`);
      const socket = await window.page.getByLabel("URL").inputValue();
      assertEquals(socket, `${proxy.plainUrl.replace("http", "ws")}/hub/ws`);
      await window.page.getByLabel("Transport").selectOption(transport);
      await window.connect("alice");
      await window.join("#room");
      await using bob = await TextClient.open(`${socket}?uid=bob`);
      bob.send(`#room:${transport}`);
      await window.frame(`#room:${transport}`).waitFor();
      assertEquals(window.complaints, []);
    }
  },
});
