/** A hub on Node, with the sockets of the package `ws`: `npm install @thrum/thrum ws`, then `node node.mjs`. */

import { createHub } from "@thrum/thrum";
import { WebSocketServer } from "ws";

const hub = createHub({ access: "anonymous" });

const server = new WebSocketServer({
  port: Number(process.env.PORT ?? 8000),
  maxPayload: 65_536,
});
server.on("connection", (socket, request) => {
  const { pathname, searchParams } = new URL(request.url, "ws://localhost");
  if (pathname === "/connection/websocket") {
    hub.acceptWebSocket(socket, { protocol: "centrifuge" });
  } else {
    hub.acceptWebSocket(socket, { uid: searchParams.get("uid") ?? undefined });
  }
});
server.on("listening", () => {
  console.log(`listening on ws://localhost:${server.address().port}`);
});

process.on("SIGTERM", async () => {
  await hub.drain();
  server.close();
});
