/** The baseline: the least that `Deno.serve` needs to echo, to fan out, and to answer. */

const sockets = new Set<WebSocket>();

function echo(socket: WebSocket): void {
  socket.onmessage = (event) => socket.send(event.data);
}

function subscribe(socket: WebSocket): void {
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
}

function publish(socket: WebSocket): void {
  socket.onmessage = (event) => {
    for (const each of sockets) each.send(event.data);
  };
}

const CONNECTED = JSON.stringify({
  id: 1,
  connect: {
    client: "00000000-0000-4000-8000-000000000000",
    version: "0.0.0",
    ping: 25,
    pong: true,
    session: "00000000-0000-4000-8000-000000000000",
    node: "00000000-0000-4000-8000-000000000000",
  },
});
const SUBSCRIBED = JSON.stringify({ id: 2, subscribe: {} });

/** Answers an SDK that connects and subscribes, whatever it says. */
function answer(socket: WebSocket): void {
  let answers = 0;
  socket.onmessage = () => {
    if (answers++ === 0) return socket.send(CONNECTED);
    socket.send(SUBSCRIBED);
    sockets.add(socket);
  };
  socket.onclose = () => sockets.delete(socket);
}

const HANDLERS: Record<string, (socket: WebSocket) => void> = {
  "/echo": echo,
  "/fanout": subscribe,
  "/publish": publish,
  "/connection/websocket": answer,
};

function upgrade(request: Request): Response {
  const handle = HANDLERS[new URL(request.url).pathname];
  if (handle === undefined) return new Response(null, { status: 404 });
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout: 0,
  });
  handle(socket);
  return response;
}

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) =>
    console.log(JSON.stringify({ event: "listening", port })),
}, upgrade);
