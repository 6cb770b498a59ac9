/** Error codes that the hub sends to clients, and the error class that carries them. */

/** An error code and its default message. */
export interface ErrorCode {
  /** Code for programs. */
  readonly code: number;
  /** Message for people. */
  readonly message: string;
  /** True if the same command may succeed later. */
  readonly temporary?: boolean;
}

/** Error codes of the hub, and of programs that use it. Codes from 100 to 199 are those of the Centrifuge protocol, §7. */
export const errors = {
  internal: { code: 100, message: "internal error", temporary: true },
  unauthorized: { code: 101, message: "unauthorized" },
  unknownChannel: { code: 102, message: "unknown channel" },
  permissionDenied: { code: 103, message: "permission denied" },
  methodNotFound: { code: 104, message: "method not found" },
  alreadySubscribed: { code: 105, message: "already subscribed" },
  limitExceeded: { code: 106, message: "limit exceeded" },
  badRequest: { code: 107, message: "bad request" },
  notAvailable: { code: 108, message: "not available" },
  tokenExpired: { code: 109, message: "token expired" },
  expired: { code: 110, message: "expired" },
  tooManyRequests: { code: 111, message: "too many requests", temporary: true },
  unrecoverable: { code: 112, message: "unrecoverable position" },
  malformed: { code: 400, message: "malformed message" },
  unreachable: { code: 404, message: "no connection of this uid" },
  textClosed: { code: 409, message: "the text is closed" },
} as const satisfies Record<string, ErrorCode>;

/** Error that is sent to the client as a code and a message. The connection stays open. */
export class ProtocolError extends Error {
  /** `"ProtocolError"`. */
  override readonly name = "ProtocolError";
  /** Code of the error. */
  readonly code: number;
  /** True if the same command may succeed later. */
  readonly temporary: boolean | undefined;

  /** Makes an error with the code of `error`, and a message of its own if there is a more exact one. */
  constructor(
    error: ErrorCode,
    message: string = error.message,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.code = error.code;
    this.temporary = error.temporary;
  }
}

/**
 * Error of a call that a broker rejects because the server that it needs is away. The
 * absence is logged once, and such a call only for debugging.
 */
export class BrokerAwayError extends Error {
  /** `"BrokerAwayError"`. */
  override readonly name = "BrokerAwayError";
}
