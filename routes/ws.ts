/** `/ws`: the WebSocket of the text protocol, and of SDKs that ask for theirs. */

import { Hono } from "hono";
import { upgradeWebSocket } from "../lib/transports/web_socket.ts";
import { addressOf } from "./guard/address.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";

/** Makes the route of the text protocol. */
export function wsRoutes(deps: GuardDeps): Hono {
  const app = new Hono();
  app.all("/ws", (c) => {
    const address = addressOf(c, deps);
    return upgradeWebSocket(deps, c.req.raw, { protocol: "text", address });
  });
  return app;
}
