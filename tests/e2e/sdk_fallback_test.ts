/** The official SDK in a network that blocks WebSocket: it falls back by itself, and nobody above it notices. */

import { assertEquals } from "@std/assert";
import type { ConnectedContext } from "centrifuge";
import { EventSource } from "eventsource";
import { PlainProxy } from "../support/plain_proxy.ts";
import { nextEvent, Sdk } from "../support/sdk.ts";
import { startServer } from "./text_server.ts";

for (
  const { blocked, transport, refused } of [
    {
      blocked: [],
      transport: "http_stream",
      refused: ["/connection/websocket"],
    },
    {
      blocked: ["/connection/http_stream"],
      transport: "sse",
      refused: ["/connection/websocket", "/connection/http_stream"],
    },
  ] as const
) {
  Deno.test(`Where a proxy refuses ${refused.join(" and ")}, the SDK connects by ${transport}`, async () => {
    await using server = await startServer();
    await using proxy = new PlainProxy(server.url, blocked);
    const { url } = proxy;
    using sdk = new Sdk([
      {
        transport: "websocket",
        endpoint: `${url.replace("http", "ws")}/connection/websocket`,
      },
      { transport: "http_stream", endpoint: `${url}/connection/http_stream` },
      { transport: "sse", endpoint: `${url}/connection/sse` },
    ], { emulationEndpoint: `${url}/emulation`, eventsource: EventSource });
    const connected = nextEvent<ConnectedContext>(sdk.client, "connected");
    await sdk.connect();
    assertEquals((await connected).transport, transport);
    assertEquals(proxy.refused, [...refused]);

    const news = await sdk.subscribe("news");
    using neighbour = new Sdk([{
      transport: "websocket",
      endpoint: `${server.wsUrl}/connection/websocket`,
    }]);
    await neighbour.connect();
    const theirs = await neighbour.subscribe("news");
    await sdk.client.publish("news", "from below");
    await neighbour.client.publish("news", "from above");
    for (const { data } of [await delivered(news), await delivered(theirs)]) {
      assertEquals(data, ["from below", "from above"]);
    }
  });
}

async function delivered(sub: Awaited<ReturnType<Sdk["subscribe"]>>) {
  await sub.count(2);
  return sub;
}
