/** socket.io: an event emitted to a room, over WebSocket alone. */

import { createServer } from "node:http";
import { createRequire } from "node:module";
import process from "node:process";

const { Server } = createRequire(process.argv[2] + "/")("socket.io");

const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
});

io.on("connection", (socket) => {
  socket.on("join", (joined) => {
    socket.join("room");
    joined();
  });
  socket.on("publish", (data) => io.to("room").emit("message", data));
});
http.listen(0, "127.0.0.1", () => {
  console.log(
    JSON.stringify({ event: "listening", port: http.address().port }),
  );
});
