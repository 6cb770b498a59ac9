/** Sends every client the date every second: `deno serve examples/clock.ts`. */

import { createHub } from "@thrum/thrum";

// A client that only listens is silent, and must not be evicted for it.
const hub = createHub({ access: "anonymous", heartbeatTimeoutMs: 0 });

setInterval(() => hub.broadcast(new Date().toString()), 1000);

export default {
  fetch: (request: Request): Response | Promise<Response> =>
    hub.upgrade(request, { protocol: "plain" }) ??
      new Response("Connect with a WebSocket.\n", { status: 426 }),
};
