import { testTransport } from "./transport.ts";
import { TRANSPORTS } from "./transport_clients.ts";

for (const driver of TRANSPORTS) testTransport(driver);
