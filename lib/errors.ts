/** Error codes that clients are told, and the one class that carries them. */

/** A code and the words used where the thrower has no better ones. */
export interface ErrorCode {
  readonly code: number;
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
  override readonly name = "ProtocolError";
  readonly code: number;

  constructor(error: ErrorCode, message: string = error.message) {
    super(message);
    this.code = error.code;
  }
}
