/** Error codes that clients are told, and the one class that carries them. */

/** A code and the words used where the thrower has no better ones. */
export interface ErrorCode {
  /** What a program goes by. */
  readonly code: number;
  /** What a person reads. */
  readonly message: string;
  /** Whether the same command may succeed later. */
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
  unreachable: { code: 404, message: "nobody is there" },
} as const satisfies Record<string, ErrorCode>;

/** A mistake of the client: it is told the code and the sentence, and the connection goes on. */
export class ProtocolError extends Error {
  /** `"ProtocolError"`. */
  override readonly name = "ProtocolError";
  /** The code that the client is told. */
  readonly code: number;
  /** Whether the client may try the same again. */
  readonly temporary: boolean | undefined;

  /** Makes an error with the code of `error`, and words of its own if there are better ones. */
  constructor(error: ErrorCode, message: string = error.message) {
    super(message);
    this.code = error.code;
    this.temporary = error.temporary;
  }
}
