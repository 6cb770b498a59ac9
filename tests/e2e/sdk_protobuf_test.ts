/** The protobuf build of the official SDK against server processes: the script of the JSON build, on every broker. */

import { testSdk } from "../conformance/sdk.ts";
import type { SdkTransport } from "../conformance/sdk_stage.ts";
import { NatsServer } from "../support/nats_server.ts";
import { PostgresServer } from "../support/postgres_server.ts";
import { RedisServer } from "../support/redis_server.ts";

const webSocket: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
  codec: "protobuf",
};

const httpStream: SdkTransport = {
  endpoints: (url) => [{
    transport: "http_stream",
    endpoint: `${url}/connection/http_stream`,
  }],
  options: (url) => ({ emulationEndpoint: `${url}/emulation` }),
  codec: "protobuf",
};

testSdk("WebSocket in protobuf", webSocket);
testSdk("HTTP streaming in protobuf", httpStream, { transportOnly: true });

for (
  const [broker, settings] of [
    ["three isolates", { isolates: 3 }],
    ["Redis", { broker: () => RedisServer.start() }],
    ["PostgreSQL", { broker: () => PostgresServer.start() }],
    ["NATS", { broker: () => NatsServer.start() }],
  ] as const
) {
  testSdk(`WebSocket in protobuf, with ${broker}`, {
    ...webSocket,
    ...settings,
  });
  testSdk(`HTTP streaming in protobuf, with ${broker}`, {
    ...httpStream,
    ...settings,
  }, { transportOnly: true });
}
