/** Greets each client, and sends every message back: `deno serve examples/echo.ts`. */

import { createHub } from "@thrum/thrum";

const hub = createHub({
  access: "anonymous",
  onConnect: ({ connection }) => {
    connection.send("Welcome to the WebSocket server!");
  },
  onMessage: ({ connection, data }) => {
    if (data instanceof ArrayBuffer) connection.send(data);
    else connection.send(`Hello, you sent -> ${data}`);
  },
});

export default {
  fetch: (request: Request): Response | Promise<Response> =>
    hub.upgrade(request, { protocol: "plain" }) ??
      new Response("Connect with a WebSocket.\n", { status: 426 }),
};
