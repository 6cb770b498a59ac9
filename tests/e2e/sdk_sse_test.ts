/** The official SDK over server-sent events, against a server process. */

import { EventSource } from "eventsource";
import { testSdk } from "../conformance/sdk.ts";

testSdk("SSE", {
  endpoints: (url) => [{
    transport: "sse",
    endpoint: `${url}/connection/sse`,
  }],
  options: (url) => ({
    emulationEndpoint: `${url}/emulation`,
    eventsource: EventSource,
  }),
}, { transportOnly: true });
