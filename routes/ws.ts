/** `/ws`: the WebSocket of the text protocol, and of SDKs that ask for theirs. */

import { Hono } from "hono";
import { upgradeWebSocket } from "../lib/transports/web_socket.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";

/** Makes the route of the text protocol. */
export function wsRoutes(deps: GuardDeps): Hono {
  const app = new Hono();
  app.all("/ws", (c) => upgradeWebSocket(deps, c.req.raw, "text"));
  return app;
}
