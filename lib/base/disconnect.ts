/** Close codes: why the hub ends a connection, and whether its client should come back. */

import { utf8Length } from "./bytes.ts";

/** Why a connection ends; see {@linkcode checkDisconnect}. */
export interface Disconnect {
  /** The code of the close frame (RFC 6455 §7.4): 3000 to 4999, or 1009. */
  readonly code: number;
  /** Why, in few words: at most 123 bytes of UTF-8. */
  readonly reason: string;
  /** Whether the client should connect again by itself. */
  readonly reconnect: boolean;
}

/** The close codes of the hub, and of programs that use it; 3500–3999 and 4500–4999 tell a client to stay away. */
export const disconnects = {
  messageTooBig: { code: 1009, reason: "message too big", reconnect: false },
  shutdown: { code: 3001, reason: "shutdown", reconnect: true },
  internal: { code: 3004, reason: "internal server error", reconnect: true },
  expired: { code: 3005, reason: "connection expired", reconnect: true },
  slow: { code: 3008, reason: "slow", reconnect: true },
  insufficientState: {
    code: 3010,
    reason: "insufficient state",
    reconnect: true,
  },
  forceReconnect: { code: 3011, reason: "force reconnect", reconnect: true },
  silent: {
    code: 3012,
    reason: "Network connection timeout!",
    reconnect: true,
  },
  subscriptionExpired: {
    code: 3006,
    reason: "subscription expired",
    reconnect: true,
  },
  noPong: { code: 3012, reason: "no pong", reconnect: true },
  tooManyRequests: { code: 3013, reason: "too many requests", reconnect: true },
  invalidToken: { code: 3500, reason: "invalid token", reconnect: false },
  badRequest: { code: 3501, reason: "bad request", reconnect: false },
  stale: { code: 3502, reason: "stale", reconnect: false },
  forceDisconnect: {
    code: 3503,
    reason: "force disconnect",
    reconnect: false,
  },
  connectionLimit: { code: 3504, reason: "connection limit", reconnect: false },
  channelLimit: { code: 3505, reason: "channel limit", reconnect: false },
  permissionDenied: {
    code: 3507,
    reason: "permission denied",
    reconnect: false,
  },
  notAvailable: { code: 3508, reason: "not available", reconnect: false },
  tooManyErrors: { code: 3509, reason: "too many errors", reconnect: false },
} as const satisfies Record<string, Disconnect>;

/** Why a subscription ends that its client did not end; from 2500 on the client subscribes again by itself. */
export interface Unsubscribe {
  /** What a program goes by. */
  readonly code: number;
  /** Why, in few words. */
  readonly reason: string;
}

/** Every code that the hub ends a subscription with. Centrifuge, §7. */
export const unsubscribes = {
  server: { code: 2000, reason: "server unsubscribe" },
  insufficientState: { code: 2500, reason: "insufficient state" },
  expired: { code: 2501, reason: "subscription expired" },
} as const satisfies Record<string, Unsubscribe>;

/** Bytes of a reason that a close frame has room for (RFC 6455 §5.5). */
export const MAX_REASON_BYTES = 123;

/**
 * Finds out whether a connection can be ended with `disconnect`.
 *
 * @throws {RangeError} If its code is none that a server may choose, or its reason too long.
 */
export function checkDisconnect({ code, reason }: Disconnect): void {
  const isCode = Number.isInteger(code) && code >= 3000 && code <= 4999;
  if (!isCode && code !== disconnects.messageTooBig.code) {
    throw new RangeError(
      `Cannot disconnect with the code ${code}: expected 3000 to 4999`,
    );
  }
  const bytes = utf8Length(reason);
  if (bytes > MAX_REASON_BYTES) {
    throw new RangeError(
      `Cannot disconnect with a reason of ${bytes} bytes: expected at most ${MAX_REASON_BYTES}`,
    );
  }
}

/** Thrown while a command is carried out, to end the connection of its client. */
export class DisconnectError extends Error {
  /** `"DisconnectError"`. */
  override readonly name = "DisconnectError";
  /** What the connection ends with. */
  readonly disconnect: Disconnect;

  /**
   * Makes an error that ends a connection with `disconnect`.
   *
   * @throws {RangeError} If nothing can be ended with it; see {@linkcode checkDisconnect}.
   */
  constructor(disconnect: Disconnect) {
    checkDisconnect(disconnect);
    super(disconnect.reason);
    this.disconnect = disconnect;
  }
}

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
