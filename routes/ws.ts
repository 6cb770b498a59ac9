/** `/ws` and `/connection/websocket`: the WebSockets of the text protocol and of the official SDKs (Centrifuge, §1). */

import { type Context, Hono } from "hono";
import {
  type ProtocolName,
  upgradeWebSocket,
} from "../lib/transports/web_socket.ts";
import { addressOf } from "./guard/address.ts";
import { addPageHeaders } from "./guard/page_headers.ts";
import type { GuardDeps } from "../lib/transports/request_guard.ts";

/** Makes the routes of the WebSockets, which have all guards of a request in their handshake. */
export function wsRoutes(deps: GuardDeps): Hono {
  const app = new Hono();
  app.all("/ws", (c) => upgrade(c, deps, "text"));
  app.all("/connection/websocket", (c) => upgrade(c, deps, "centrifuge"));
  return app;
}

async function upgrade(
  c: Context,
  deps: GuardDeps,
  protocol: ProtocolName,
): Promise<Response> {
  const address = addressOf(c, deps);
  const answer = await upgradeWebSocket(deps, c.req.raw, { protocol, address });
  if (answer.status !== 101) addPageHeaders(answer);
  return answer;
}
