/** The script of the official SDK by its protobuf build, over each of its transports. */

import { testSdk } from "./sdk.ts";
import type { SdkTransport } from "./sdk_stage.ts";

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

/** Registers the script against a server with these settings; `where` ends its name, such as `, with Redis`. */
export function testProtobufSdk(
  where: string,
  settings: Pick<SdkTransport, "broker" | "isolates"> = {},
): void {
  testSdk(`WebSocket in protobuf${where}`, { ...webSocket, ...settings });
  testSdk(
    `HTTP streaming in protobuf${where}`,
    { ...httpStream, ...settings },
    { transportOnly: true },
  );
}
