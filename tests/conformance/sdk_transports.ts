/** Ways of the SDK to a server. */

import { EventSource } from "eventsource";
import type { SdkTransport } from "./sdk_stage.ts";

/** Its WebSocket. */
export const webSocket: SdkTransport = {
  endpoints: (url) => [{
    transport: "websocket",
    endpoint: `${url.replace("http", "ws")}/connection/websocket`,
  }],
};

/** Its HTTP streaming. */
export const httpStream: SdkTransport = {
  endpoints: (url) => [{
    transport: "http_stream",
    endpoint: `${url}/connection/http_stream`,
  }],
  options: (url) => ({ emulationEndpoint: `${url}/emulation` }),
};

/** Its server-sent events. */
export const serverSentEvents: SdkTransport = {
  endpoints: (url) => [{
    transport: "sse",
    endpoint: `${url}/connection/sse`,
  }],
  options: (url) => ({
    emulationEndpoint: `${url}/emulation`,
    eventsource: EventSource,
  }),
};
