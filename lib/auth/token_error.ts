/** A token that did not open the door, and whose fault that is. */

/**
 * Why a token was not accepted.
 *
 * - `expired`: it was right once, and the client should fetch a new one.
 * - `invalid`: it never was right, or says something that cannot be.
 * - `unavailable`: the keys to verify it with could not be had. The client is
 *   not to blame and may try again with the same token.
 */
export type TokenErrorReason = "expired" | "invalid" | "unavailable";

/** A token that is not accepted. The message is for the log, never for the client. */
export class TokenError extends Error {
  /** The name of the class. */
  override readonly name = "TokenError";
  /** What commands answer by; see {@linkcode TokenErrorReason}. */
  readonly reason: TokenErrorReason;

  /** Says what was wrong, in words for the log. */
  constructor(
    reason: TokenErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = reason;
  }
}
