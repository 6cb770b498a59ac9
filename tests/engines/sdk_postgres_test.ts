/** The official SDK against server processes with a PostgreSQL. */

import { testSdk } from "../conformance/sdk.ts";
import { webSocket } from "../conformance/sdk_transports.ts";
import { requireBroker } from "../support/shared_broker.ts";

const { name, missing, start: broker } = requireBroker("PostgreSQL");

if (!missing) testSdk(`WebSocket, with ${name}`, { ...webSocket, broker });
