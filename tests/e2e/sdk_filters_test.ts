/** Filters by tags where a channel's publications come from elsewhere: from another isolate, and by Redis. */

import { testSdkFilters } from "../conformance/sdk_filters.ts";
import { SdkStage, type SdkTransport } from "../conformance/sdk_stage.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

const transport: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
};

testSdkFilters((sentence, play) => {
  Deno.test(`SDK on three isolates: ${sentence}`, async () => {
    await using stage = await SdkStage.start({ ...transport, isolates: 3 });
    await play(stage);
  });
});

const ignore = requireTool("redis-server").missing;

testSdkFilters((sentence, play) => {
  Deno.test({
    name: `SDK with Redis: ${sentence}`,
    ignore,
    fn: async () => {
      await using redis = await RedisServer.start();
      const env = { BROKER_URL: redis.url };
      await using stage = await SdkStage.start(transport, env);
      await play(stage);
    },
  });
});
