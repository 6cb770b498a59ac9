/** Close codes of connections, and codes of subscriptions that the server ends. */

import { utf8Length } from "./bytes.ts";
import { shown } from "./options.ts";
import { isRecord } from "./record.ts";

/** Reason for the end of a connection; see {@linkcode checkDisconnect}. */
export interface Disconnect {
  /** The code of the close frame (RFC 6455 §7.4): 3000 to 4999, or 1009. */
  readonly code: number;
  /** The reason in few words: at most 123 bytes of UTF-8. */
  readonly reason: string;
  /** True if the client should connect again by itself. */
  readonly reconnect: boolean;
  /** Milliseconds that the client should wait before it does; by default it decides. */
  readonly retryAfterMs?: number;
}

/** The close codes of the hub, and of programs that use it. After 3500–3999 and 4500–4999 a client does not connect again. */
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
  inappropriateProtocol: {
    code: 3506,
    reason: "inappropriate protocol",
    reconnect: false,
  },
  permissionDenied: {
    code: 3507,
    reason: "permission denied",
    reconnect: false,
  },
  notAvailable: { code: 3508, reason: "not available", reconnect: false },
  tooManyErrors: { code: 3509, reason: "too many errors", reconnect: false },
} as const satisfies Record<string, Disconnect>;

/** Reason for the end of a subscription by the server. From code 2500 on the client subscribes again by itself. */
export interface Unsubscribe {
  /** Code for programs. */
  readonly code: number;
  /** The reason in few words. */
  readonly reason: string;
}

/** Every code with which the hub ends a subscription. Centrifuge, §7. */
export const unsubscribes = {
  server: { code: 2000, reason: "server unsubscribe" },
  insufficientState: { code: 2500, reason: "insufficient state" },
  expired: { code: 2501, reason: "subscription expired" },
} as const satisfies Record<string, Unsubscribe>;

/** Bytes of a reason that a close frame has room for (RFC 6455 §5.5). */
export const MAX_REASON_BYTES = 123;

/**
 * Checks the code and the reason of a disconnect.
 *
 * @throws {RangeError} If a server must not send the code, or the reason is too long.
 * @throws {TypeError} If the reason is no text.
 */
export function checkDisconnect({ code, reason }: Disconnect): void {
  const isCode = Number.isInteger(code) && code >= 3000 && code <= 4999;
  if (!isCode && code !== disconnects.messageTooBig.code) {
    throw new RangeError(
      `Cannot disconnect with the code ${code}: expected 3000 to 4999`,
    );
  }
  if (typeof reason !== "string") {
    throw new TypeError(
      `Cannot disconnect with the reason ${shown(reason)}: expected a string`,
    );
  }
  const bytes = utf8Length(reason);
  if (bytes > MAX_REASON_BYTES) {
    throw new RangeError(
      `Cannot disconnect with a reason of ${bytes} bytes: expected at most ${MAX_REASON_BYTES}`,
    );
  }
}

/**
 * Writes the reason of the close frame: the text alone, or with a time to come back
 * `{"reason":"shutdown","reconnect":true,"retry_after_ms":1234}`, which official SDKs
 * read too. A text that leaves no room for the time stands alone.
 */
export function writeCloseReason(disconnect: Disconnect): string {
  const { reason, reconnect, retryAfterMs } = disconnect;
  if (retryAfterMs === undefined) return reason;
  const advice = { reason, reconnect, retry_after_ms: retryAfterMs };
  const json = JSON.stringify(advice);
  return utf8Length(json) > MAX_REASON_BYTES ? reason : json;
}

/** Reads what {@linkcode writeCloseReason} wrote; any other text is a reason alone. */
export function readCloseReason(
  text: string,
): Pick<Disconnect, "reason" | "retryAfterMs"> {
  if (!text.startsWith("{")) return { reason: text };
  try {
    const advice: unknown = JSON.parse(text);
    if (!isRecord(advice) || typeof advice.reason !== "string") {
      return { reason: text };
    }
    const retryAfterMs = readRetryAfter(advice.retry_after_ms);
    return retryAfterMs === undefined
      ? { reason: advice.reason }
      : { reason: advice.reason, retryAfterMs };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { reason: text };
  }
}

/** Reads a number of milliseconds; `undefined` for anything else. */
export function readRetryAfter(value: unknown): number | undefined {
  const isWait = typeof value === "number" && value >= 0 && isFinite(value);
  return isWait ? value : undefined;
}

/** Ends the connection of the client whose command is being carried out. */
export class DisconnectError extends Error {
  /** `"DisconnectError"`. */
  override readonly name = "DisconnectError";
  /** Reason for the end of the connection. */
  readonly disconnect: Disconnect;

  /**
   * Makes an error that ends a connection with `disconnect`.
   *
   * @throws {RangeError | TypeError} If `disconnect` is invalid; see {@linkcode checkDisconnect}.
   */
  constructor(disconnect: Disconnect) {
    checkDisconnect(disconnect);
    super(disconnect.reason);
    this.disconnect = disconnect;
  }
}

/** End of a connection by the client or the network: no close frame is sent. */
export const GONE: Disconnect = { code: 1006, reason: "gone", reconnect: true };

/**
 * Checks whether a client should connect again by itself after a close with `code`:
 * after a network failure and a restart it should, after a refusal it should not.
 */
export function shouldReconnect(code: number): boolean {
  if (code === disconnects.messageTooBig.code) return false;
  return !((code >= 3500 && code <= 3999) || (code >= 4500 && code <= 4999));
}
