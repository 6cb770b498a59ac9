/** ws: the broadcast of its README, a loop over all clients. */

import { createRequire } from "node:module";
import process from "node:process";

const { WebSocketServer } = createRequire(process.argv[2] + "/")("ws");

const clients = new Set();
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: 0,
  perMessageDeflate: false,
});

server.on("connection", (socket, request) => {
  if (request.url !== "/publish") clients.add(socket);
  socket.on("close", () => clients.delete(socket));
  socket.on("message", (message) => {
    for (const client of clients) client.send(message, { binary: false });
  });
});
server.on("listening", () => {
  console.log(
    JSON.stringify({ event: "listening", port: server.address().port }),
  );
});
