/** Error of a token that was not accepted. */

/**
 * Reason for the refusal of a token.
 *
 * - `expired`: the token was valid, and the client should fetch a new one.
 * - `invalid`: the signature or a claim is invalid.
 * - `unavailable`: the server could not fetch the keys. The client may try again
 *   with the same token.
 */
export type TokenErrorReason = "expired" | "invalid" | "unavailable";

/** Refuses a token. The message is for the log, never for the client. */
export class TokenError extends Error {
  /** `"TokenError"`. */
  override readonly name = "TokenError";
  /** Reason, on which the reply to the client depends. */
  readonly reason: TokenErrorReason;

  /** Makes an error with a message for the log. */
  constructor(
    reason: TokenErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
  }
}
