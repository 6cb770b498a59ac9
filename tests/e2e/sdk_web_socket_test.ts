/** The official SDK over its WebSocket, against a server process. */

import { assertEquals } from "@std/assert";
import { testSdk } from "../conformance/sdk.ts";
import { SdkStage, type SdkTransport } from "../conformance/sdk_stage.ts";
import { nextEvent } from "../support/sdk.ts";

const transport: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
};

testSdk("WebSocket", transport);

Deno.test("SDK over WebSocket: a message that is too long ends the connection for good", async () => {
  await using stage = await SdkStage.start(transport);
  const alice = await stage.user("alice");
  const news = await alice.subscribe("news");
  const end = nextEvent<{ code: number }>(alice.client, "disconnected");
  news.sub.publish("x".repeat(70_000)).catch(() => {});
  // The SDK's own code of what WebSocket calls 1009.
  assertEquals((await end).code, 3);
});
