/** The official SDK over its WebSocket, against a server process. */

import { assertEquals } from "@std/assert";
import { testSdk } from "../conformance/sdk.ts";
import { SdkStage } from "../conformance/sdk_stage.ts";
import { webSocket } from "../conformance/sdk_transports.ts";
import { nextEvent } from "../support/sdk.ts";

testSdk("WebSocket", webSocket);

Deno.test("SDK over WebSocket: a message that is too long ends the connection for good", async () => {
  await using stage = await SdkStage.start(webSocket);
  const alice = await stage.user("alice");
  const news = await alice.subscribe("news");
  const end = nextEvent<{ code: number }>(alice.client, "disconnected");
  news.sub.publish("x".repeat(70_000)).catch(() => {});
  // The SDK's own code of what WebSocket calls 1009.
  assertEquals((await end).code, 3);
});
