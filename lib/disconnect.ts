/** Close codes: why the hub ends a connection, and whether its client should come back. */

/** Why a connection ends. The reason travels in the close frame: at most 123 bytes of UTF-8. */
export interface Disconnect {
  /** The code of the close frame (RFC 6455 §7.4). */
  readonly code: number;
  /** Why, in few words. */
  readonly reason: string;
  /** Whether the client should connect again by itself. */
  readonly reconnect: boolean;
}

/** Every close code that the hub sends; 3500–3999 and 4500–4999 tell a client to stay away. */
export const disconnects = {
  messageTooBig: { code: 1009, reason: "message too big", reconnect: false },
  shutdown: { code: 3001, reason: "shutdown", reconnect: true },
  internal: { code: 3004, reason: "internal server error", reconnect: true },
  expired: { code: 3005, reason: "connection expired", reconnect: true },
  slow: { code: 3008, reason: "slow", reconnect: true },
  silent: {
    code: 3012,
    reason: "Network connection timeout!",
    reconnect: true,
  },
  tooManyRequests: { code: 3013, reason: "too many requests", reconnect: true },
  invalidToken: { code: 3500, reason: "invalid token", reconnect: false },
  stale: { code: 3502, reason: "stale", reconnect: false },
  connectionLimit: { code: 3504, reason: "connection limit", reconnect: false },
  tooManyErrors: { code: 3509, reason: "too many errors", reconnect: false },
} as const satisfies Record<string, Disconnect>;

/** The other side ended the connection, or the network did: nothing was sent. */
export const GONE: Disconnect = { code: 1006, reason: "gone", reconnect: true };

/**
 * Whether a client that was closed with `code` should connect again by itself.
 * Codes of the network and of a restart are worth another try; a refusal is not.
 */
export function shouldReconnect(code: number): boolean {
  if (code === disconnects.messageTooBig.code) return false;
  return !((code >= 3500 && code <= 3999) || (code >= 4500 && code <= 4999));
}
