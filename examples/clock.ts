/** Sends everybody the date every second, until they leave: `deno serve examples/clock.ts`. */

import {
  acceptWebSocket,
  ANYBODY,
  createHub,
  plainProtocol,
} from "../lib/mod.ts";

// Whoever only listens is silent, and must not be evicted for it.
const hub = createHub({ heartbeatTimeoutMs: 0 });

setInterval(() => hub.broadcast(new Date().toString()), 1000);

export default {
  fetch(request: Request): Response {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response("Connect with a WebSocket.\n", { status: 426 });
    }
    const options = { idleTimeout: 0 };
    const { socket, response } = Deno.upgradeWebSocket(request, options);
    acceptWebSocket(hub, socket, {
      protocol: plainProtocol,
      identity: ANYBODY,
    });
    return response;
  },
};
