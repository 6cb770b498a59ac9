/** The official SDK over HTTP streaming, against a server process. */

import { assertEquals } from "@std/assert";
import { testSdk } from "../conformance/sdk.ts";
import { SdkStage } from "../conformance/sdk_stage.ts";
import { httpStream } from "../conformance/sdk_transports.ts";

testSdk("HTTP streaming", httpStream, { transportOnly: true });

Deno.test("SDK over HTTP streaming: a message that is too long is refused, and the stream goes on", async () => {
  await using stage = await SdkStage.start(httpStream);
  const alice = await stage.user("alice");
  const news = await alice.subscribe("news");
  for (const length of [70_000, 200_000]) {
    news.sub.publish("x".repeat(length)).catch(() => {});
  }
  await news.sub.publish("short");
  await news.count(1);
  assertEquals(news.data, ["short"]);
  assertEquals([alice.client.state, alice.disconnects], ["connected", []]);
});
