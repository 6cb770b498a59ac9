/** WebSocket of a client whose address a trusted proxy would report. */

// The DOM's types, which the pages are checked with, hide Deno's options.
const DenoWebSocket = WebSocket as unknown as new (
  url: string,
  options: WebSocketOptions,
) => WebSocket;

/** Opens a socket as from `address`. */
export function webSocketFrom(address: string, url: string): WebSocket {
  return new DenoWebSocket(url, { headers: { "X-Forwarded-For": address } });
}
