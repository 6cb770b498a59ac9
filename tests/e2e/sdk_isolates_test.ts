/** The official SDK against server processes of three isolates. */

import { testSdk } from "../conformance/sdk.ts";
import { webSocket } from "../conformance/sdk_transports.ts";

testSdk("WebSocket, with three isolates", { ...webSocket, isolates: 3 });
