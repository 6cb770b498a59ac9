/** The official SDK over its WebSocket, against a server process with a NATS, whose offsets skip. */

import { testSdk } from "../conformance/sdk.ts";
import { NatsServer } from "../support/nats_server.ts";
import { requireTool } from "../support/requirements.ts";

if (!requireTool("nats-server").missing) {
  testSdk("WebSocket, with NATS", {
    endpoints: (url) => [{
      transport: "websocket",
      endpoint: `${url.replace("http", "ws")}/connection/websocket`,
    }],
    broker: () => NatsServer.start(),
  });
}
