/** Error of a token that was not accepted. */

/**
 * Reason for the refusal of a token.
 *
 * - `expired`: the token was valid, and the client should fetch a new one.
 * - `invalid`: the signature or a claim is invalid.
 * - `early`: the token is not valid yet. The client may try again with it.
 * - `unavailable`: the server has no key to decide with now: the keys cannot be
 *   fetched, or not again so soon. The client may try again with the same token.
 */
export type TokenErrorReason = "expired" | "invalid" | "early" | "unavailable";

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
