/** Bun's own publish to a topic. */

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, server) =>
    server.upgrade(request, { data: new URL(request.url).pathname })
      ? undefined
      : new Response(),
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      if (socket.data !== "/publish") socket.subscribe("room");
    },
    message: (_socket, message) => server.publish("room", message),
  },
});

console.log(JSON.stringify({ event: "listening", port: server.port }));
