/** One client that does one thing as fast as it can: `deno run --allow-net bench/flooder.ts publish ws://127.0.0.1:8000` */

import { webSocketFrom } from "./web_socket_from.ts";

/** Frames between two looks at the queue. */
const AT_ONCE = 64;
/** Unsent bytes above which the client waits for the server. */
const MAX_QUEUED_BYTES = 262_144;
/** Handshakes that a client which only connects has under way. */
const HANDSHAKES = 8;
/** Pause of a client that is refused, in milliseconds: a hostile one does not wait for its turn. */
const REFUSED_PAUSE_MS = 5;

/** Actions that a client can flood a server with. */
export const FLOODS = [
  "publish",
  "subscribe",
  "history",
  "presence",
  "connect",
] as const;

/** One of {@linkcode FLOODS}. */
export type Flood = typeof FLOODS[number];

/** The frame number `index` of a flood. */
function frameOf(flood: Exclude<Flood, "connect">, index: number): string {
  const id = index + 2;
  switch (flood) {
    case "publish":
      return JSON.stringify({
        id,
        publish: { channel: "flood", data: "x".repeat(64) },
      });
    case "subscribe":
      return JSON.stringify(
        index % 2 === 0
          ? { id, subscribe: { channel: "flood" } }
          : { id, unsubscribe: { channel: "flood" } },
      );
    case "history":
      return JSON.stringify({ id, history: { channel: "kept", limit: 100 } });
    case "presence":
      return JSON.stringify({ id, presence: { channel: "crowd" } });
  }
}

/** Its address, of those that a trusted proxy would report. */
const ADDRESS = "203.0.113.66";

function open(url: string): WebSocket {
  return webSocketFrom(ADDRESS, `${url}/connection/websocket`);
}

/** Resolves when the socket is open or has failed. */
function opened(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.onopen = () => resolve(true);
    socket.onerror = () => resolve(false);
    socket.onclose = () => resolve(false);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Sends until the server ends the connection. */
async function floodOnce(
  flood: Exclude<Flood, "connect">,
  url: string,
): Promise<void> {
  const socket = open(url);
  if (!await opened(socket)) return await pause(REFUSED_PAUSE_MS);
  socket.send('{"id":1,"connect":{}}');
  for (let index = 0; socket.readyState === WebSocket.OPEN;) {
    if (socket.bufferedAmount > MAX_QUEUED_BYTES) {
      await pause(1);
      continue;
    }
    for (let count = 0; count < AT_ONCE; count++) {
      socket.send(frameOf(flood, index++));
    }
    await pause(0);
  }
}

/** Opens a connection, and closes it. */
async function connectOnce(url: string): Promise<void> {
  const socket = open(url);
  if (!await opened(socket)) return await pause(REFUSED_PAUSE_MS);
  const closed = new Promise<void>((resolve) => {
    socket.onclose = () => resolve();
  });
  socket.close();
  await closed;
}

async function run([flood, url = ""]: readonly string[]): Promise<never> {
  const known = FLOODS.find((each) => each === flood);
  if (known === undefined) {
    throw new TypeError(
      `Cannot flood with "${flood}": expected ${FLOODS.join(", ")}`,
    );
  }
  if (known !== "connect") { for (;;) await floodOnce(known, url); }
  const loop = async () => {
    for (;;) await connectOnce(url);
  };
  return await Promise.race(Array.from({ length: HANDSHAKES }, loop));
}

if (import.meta.main) await run(Deno.args);
