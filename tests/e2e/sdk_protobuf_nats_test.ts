/** The protobuf build of the official SDK against server processes with a NATS. */

import { testProtobufSdk } from "../conformance/sdk_protobuf.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";

if (!requireTool("nats-server").missing) {
  testProtobufSdk(", with NATS", { broker: () => NatsServer.start() });
}
