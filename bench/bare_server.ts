/** The baseline: the least that `Deno.serve` needs to echo and to fan out. */

const sockets = new Set<WebSocket>();

function echo(socket: WebSocket): void {
  socket.onmessage = (event) => socket.send(event.data);
}

function fanOut(socket: WebSocket): void {
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
  socket.onmessage = (event) => {
    for (const each of sockets) each.send(event.data);
  };
}

const readers = new Set<WebSocket>();
let lines: string[] = [];
let since = 0;
let isNew = false;

function read(socket: WebSocket): void {
  socket.onopen = () => readers.add(socket);
  socket.onclose = () => readers.delete(socket);
}

/** Joins what arrives until a turn of the event loop brings nothing new. */
function join(socket: WebSocket): void {
  socket.onmessage = (event) => {
    isNew = true;
    if (lines.push(event.data) > 1) return;
    since = performance.now();
    setImmediate(turn);
  };
}

function turn(): void {
  if (isNew && performance.now() - since < 1) {
    isNew = false;
    setImmediate(turn);
    return;
  }
  const frame = lines.join("\n");
  lines = [];
  for (const each of readers) each.send(frame);
}

const HANDLERS: Record<string, (socket: WebSocket) => void> = {
  "/echo": echo,
  "/fanout": fanOut,
  "/joined": read,
  "/join": join,
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
