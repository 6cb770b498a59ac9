/** Filters by tags where a channel's publications come from elsewhere: from another isolate, and by each broker. */

import { testSdkFilters } from "../conformance/sdk_filters.ts";
import { SdkStage, type SdkTransport } from "../conformance/sdk_stage.ts";
import { NatsServer } from "../support/nats_server.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisServer } from "../support/redis_server.ts";

const transport: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
};

for (
  const [broker, settings] of [
    ["three isolates", { isolates: 3 }],
    ["Redis", { broker: () => RedisServer.start() }],
    ["PostgreSQL", { broker: () => PostgresServer.start() }],
    ["NATS", { broker: () => NatsServer.start() }],
  ] as const
) {
  testSdkFilters((sentence, play) => {
    Deno.test(`SDK with ${broker}: ${sentence}`, async () => {
      await using stage = await SdkStage.start({ ...transport, ...settings });
      await play(stage);
    });
  });
}
