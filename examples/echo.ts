/** Greets whoever connects, and sends every message back: `deno serve examples/echo.ts`. */

import {
  acceptWebSocket,
  ANYBODY,
  createHub,
  type Payload,
  plainProtocol,
  toText,
} from "../lib/mod.ts";

const hub = createHub({
  onMessage: (connection, message) => connection.send(reply(message)),
});

function reply(message: Payload): string | ArrayBuffer {
  const frame = toText(message);
  return typeof frame === "string" ? `Hello, you sent -> ${frame}` : frame;
}

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
      onConnect: (connection) =>
        connection.send("Welcome to the WebSocket server!"),
    });
    return response;
  },
};
