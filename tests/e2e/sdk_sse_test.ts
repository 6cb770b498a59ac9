/** The official SDK over server-sent events, against a server process. */

import { testSdk } from "../conformance/sdk.ts";
import { serverSentEvents } from "../conformance/sdk_transports.ts";

testSdk("SSE", serverSentEvents, { transportOnly: true });
