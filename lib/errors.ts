/** Error codes that clients are told, and the one class that carries them. */

/** A code and the words used where the thrower has no better ones. */
export interface ErrorCode {
  /** What a program goes by. */
  readonly code: number;
  /** What a person reads. */
  readonly message: string;
}

/** Every error code that a reply can carry. Codes from 100 to 199 are those of the Centrifuge protocol. */
export const errors = {
  internal: { code: 100, message: "internal error" },
  unauthorized: { code: 101, message: "unauthorized" },
  limitExceeded: { code: 106, message: "limit exceeded" },
  malformed: { code: 400, message: "malformed message" },
  unreachable: { code: 404, message: "nobody is there" },
} as const satisfies Record<string, ErrorCode>;

/** A mistake of the client: it is told the code and the sentence, and the connection goes on. */
export class ProtocolError extends Error {
  /** `"ProtocolError"`. */
  override readonly name = "ProtocolError";
  /** The code that the client is told. */
  readonly code: number;

  /** Makes an error with the code of `error`, and words of its own if there are better ones. */
  constructor(error: ErrorCode, message: string = error.message) {
    super(message);
    this.code = error.code;
  }
}
