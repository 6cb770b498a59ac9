/** The transports of the page, the dearest first, each with what people call it. */

import type { Transport } from "./session.ts";

/** Name and label of each. */
export const TRANSPORTS: readonly (readonly [Transport, string])[] = [
  ["websocket", "WebSocket"],
  ["sse", "SSE + POST"],
  ["poll", "Long polling"],
];
