/** Pings of WebSocket (RFC 6455 §5.5.2) for a client that has none in its protocol, on sockets of the package `ws`. */

import type { Clock } from "../base/clock.ts";

/** Socket that can send pings, as those of the package `ws` can. */
export interface PingingSocket {
  /** Sends a ping. */
  ping(): void;
  /** Ends the connection at once. */
  terminate(): void;
  /** Calls back for each event. */
  on(event: "message" | "pong" | "close", listener: () => void): unknown;
}

/** Pings a client after `idleMs` / 2 of silence, and ends its connection after as much without an answer. */
export function pingByFrames(
  socket: PingingSocket,
  { clock, idleMs }: { readonly clock: Clock; readonly idleMs: number },
): void {
  let isSilent = false;
  let isAsked = false;
  const onFrame = () => {
    isSilent = false;
    isAsked = false;
  };
  const look = () => {
    if (isAsked) return socket.terminate();
    if (isSilent) socket.ping();
    isAsked = isSilent;
    isSilent = true;
    cancel = clock.after(idleMs / 2, look);
  };
  let cancel = clock.after(idleMs / 2, look);
  isSilent = true;
  socket.on("message", onFrame);
  socket.on("pong", onFrame);
  socket.on("close", () => cancel());
}
