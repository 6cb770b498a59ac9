/** Worker that is one client, and does one thing as fast as it can, from each {@linkcode FloodRequest} until it is posted `"stop"`. */

/// <reference lib="deno.worker" />

import { clientFrame, repeated } from "./client_frame.ts";

/** Bytes of one write: many frames, which the server gets at once. */
const WRITE_BYTES = 65_536;
/** Handshakes that a client which only connects has under way. */
const HANDSHAKES = 8;
/** Pause of a client that is refused, in milliseconds: a hostile one does not wait for its turn. */
const REFUSED_PAUSE_MS = 5;
/** Its address, of those that a trusted proxy would report. */
const ADDRESS = "203.0.113.66";

/** Request of its connections; the key is the sample of RFC 6455. */
const HANDSHAKE = "GET /connection/websocket HTTP/1.1\r\n" +
  `Host: localhost\r\nX-Forwarded-For: ${ADDRESS}\r\n` +
  "Upgrade: websocket\r\nConnection: Upgrade\r\n" +
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
  "Sec-WebSocket-Version: 13\r\n\r\n";

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

/** Task of the worker. */
export interface FloodRequest {
  readonly flood: Flood;
  readonly port: number;
}

/** Commands that a flood repeats. */
const COMMANDS: Readonly<Record<Exclude<Flood, "connect">, readonly object[]>> =
  {
    publish: [{ publish: { channel: "flood", data: "x".repeat(64) } }],
    subscribe: [
      { subscribe: { channel: "flood" } },
      { unsubscribe: { channel: "flood" } },
    ],
    history: [{ history: { channel: "kept", limit: 100 } }],
    presence: [{ presence: { channel: "crowd" } }],
  };

/** Frames of a flood, end to end, for one write. */
function burstOf(flood: Exclude<Flood, "connect">): Uint8Array {
  const frames = COMMANDS[flood].map((command) => [
    ...clientFrame(JSON.stringify({ id: 2, ...command })),
  ]);
  const bytes = Uint8Array.from(frames.flat());
  return repeated(bytes, Math.ceil(WRITE_BYTES / bytes.length));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Connections of the flood that goes on; `undefined` while none does. */
let connections: Set<Deno.TcpConn> | undefined;

/** Opens a connection; `undefined` if it is refused. */
async function open(port: number): Promise<Deno.TcpConn | undefined> {
  const tcp = await Deno.connect({ hostname: "127.0.0.1", port });
  connections?.add(tcp);
  try {
    await write(tcp, new TextEncoder().encode(HANDSHAKE));
    const buffer = new Uint8Array(4_096);
    const head = buffer.subarray(0, await tcp.read(buffer) ?? 0);
    if (!new TextDecoder().decode(head).startsWith("HTTP/1.1 101 ")) {
      throw new Error("Cannot open a connection: it is refused");
    }
    return tcp;
  } catch {
    close(tcp);
    await pause(REFUSED_PAUSE_MS);
    return undefined;
  }
}

function close(tcp: Deno.TcpConn): void {
  if (connections?.delete(tcp)) tcp.close();
}

/** Reads, and throws away, until the server ends the connection. */
async function drain(tcp: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(WRITE_BYTES);
  while (await tcp.read(buffer) !== null);
}

async function write(tcp: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await tcp.write(bytes.subarray(written));
  }
}

/** Sends until the server ends the connection, and does not care for its close frame. */
async function floodOnce(port: number, burst: Uint8Array): Promise<void> {
  const tcp = await open(port);
  if (tcp === undefined) return;
  const send = async () => {
    await write(tcp, clientFrame('{"id":1,"connect":{}}'));
    for (;;) await write(tcp, burst);
  };
  // Either fails when the connection has ended.
  await Promise.race([drain(tcp), send()]).catch(() => {});
  close(tcp);
}

/** Opens a connection, and closes it. */
async function connectOnce(port: number): Promise<void> {
  const tcp = await open(port);
  if (tcp !== undefined) close(tcp);
}

/** Does the same again and again, until the flood ends. */
async function repeat(action: () => Promise<void>): Promise<void> {
  const begun = connections;
  while (connections === begun) await action();
}

function start({ flood, port }: FloodRequest): void {
  connections = new Set();
  if (flood !== "connect") {
    const burst = burstOf(flood);
    return void repeat(() => floodOnce(port, burst));
  }
  for (let count = 0; count < HANDSHAKES; count++) {
    void repeat(() => connectOnce(port));
  }
}

function stop(): void {
  for (const tcp of connections ?? []) tcp.close();
  connections = undefined;
}

if ("WorkerGlobalScope" in globalThis) {
  self.onmessage = ({ data }: MessageEvent<FloodRequest | "stop">) => {
    if (data === "stop") stop();
    else start(data);
  };
  self.postMessage("ready");
}
