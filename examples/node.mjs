/** A hub on Node or Bun, with the sockets of the package `ws`: docs/embedding.md says how it is installed and run. */

import { createServer } from "node:http";
import { createHub, upgradeListener } from "@thrum/thrum";
import { WebSocketServer } from "ws";

const hub = createHub({ access: "anonymous" });

function fetch(request) {
  const { pathname } = new URL(request.url);
  const protocol = pathname === "/connection/websocket" ? "centrifuge" : "text";
  return hub.upgrade(request, { protocol }) ??
    new Response("not a WebSocket", { status: 426 });
}

const server = createServer((_, response) => response.writeHead(426).end());
const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
server.on("upgrade", upgradeListener(fetch, sockets));
server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1", () => {
  console.log(`listening on ws://localhost:${server.address().port}`);
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, async () => {
    await hub.drain();
    server.close();
  });
}
