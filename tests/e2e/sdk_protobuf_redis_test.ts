/** The protobuf build of the official SDK against server processes with a Redis. */

import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";
import { RedisServer } from "../support/redis_server.ts";
import { requireTool } from "../support/requirements.ts";

if (!requireTool("redis-server").missing) {
  testProtobufSdk(", with Redis", { broker: () => RedisServer.start() });
}
