/** Texts that grow: on one isolate, in protobuf, from another isolate, and by Redis. */

import { testSdkTexts } from "../conformance/sdk_texts.ts";
import { SdkStage, type SdkTransport } from "../conformance/sdk_stage.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisServer } from "../support/redis_server.ts";

const transport: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
};

for (
  const [what, settings] of [
    ["in JSON", {}],
    ["in protobuf", { codec: "protobuf" }],
    ["with three isolates", { isolates: 3 }],
    ["with Redis", { broker: () => RedisServer.start() }],
    ["with PostgreSQL", { broker: () => PostgresServer.start() }],
  ] as const
) {
  testSdkTexts((sentence, play) => {
    Deno.test(`SDK ${what}: ${sentence}`, async () => {
      await using stage = await SdkStage.start({ ...transport, ...settings });
      await play(stage);
    });
  });
}
