/** The official SDK, in JSON and in protobuf, against server processes with a Redis Cluster. */

import { testSdk } from "../conformance/sdk.ts";
import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";
import { webSocket } from "../conformance/sdk_transports.ts";
import { redisClusterOfFile } from "../support/redis_cluster_servers.ts";
import { requireTool } from "../support/requirements.ts";

if (!requireTool("redis-server").missing) {
  const servers = await redisClusterOfFile();
  const broker = () => servers.lend();
  testSdk("WebSocket, with a Redis Cluster", { ...webSocket, broker });
  testProtobufSdk(", with a Redis Cluster", { broker });
}
