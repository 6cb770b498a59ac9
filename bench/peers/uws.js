/** uWebSockets.js: its publish to a topic. */

import { createRequire } from "node:module";
import process from "node:process";

const uWS = createRequire(process.argv[2] + "/")(
  "@trufflesuite/uws-js-unofficial",
);

const app = uWS.App().ws("/*", {
  compression: uWS.DISABLED,
  upgrade(response, request, context) {
    response.upgrade(
      { url: request.getUrl() },
      request.getHeader("sec-websocket-key"),
      request.getHeader("sec-websocket-protocol"),
      request.getHeader("sec-websocket-extensions"),
      context,
    );
  },
  open(socket) {
    if (socket.url !== "/publish") socket.subscribe("room");
  },
  message: (_socket, message) => app.publish("room", message, false),
});

app.listen("127.0.0.1", 0, (socket) => {
  const port = uWS.us_socket_local_port(socket);
  console.log(JSON.stringify({ event: "listening", port }));
});
