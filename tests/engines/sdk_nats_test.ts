/** The official SDK against server processes with a NATS, whose offsets skip. */

import { testSdk } from "../conformance/sdk.ts";
import { webSocket } from "../conformance/sdk_transports.ts";
import { requireBroker } from "../support/shared_broker.ts";

const { name, missing, start: broker } = requireBroker("NATS");

if (!missing) testSdk(`WebSocket, with ${name}`, { ...webSocket, broker });
