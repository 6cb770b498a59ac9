/** Verification of clients' tokens, and their lifetime. */

import { TokenError } from "../auth/token_error.ts";
import type { Clock } from "../base/clock.ts";
import type { Connection } from "../hub/connection.ts";
import { DisconnectError, disconnects } from "../base/disconnect.ts";
import { errors, ProtocolError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Lifetime } from "../protocol/types.ts";

/** Time after the expiry of a token in which its client may still send another, in milliseconds. */
export const REFRESH_GRACE_MS = 25_000;

/**
 * Waits for a token to be verified. The reason of a refusal is logged; the client
 * does not learn which part of its token was wrong.
 *
 * @throws {ProtocolError} 109 for one that has expired, 100 if it may be accepted later.
 * @throws {DisconnectError} 3500 for one that is invalid.
 */
export async function verified<Claims>(
  log: Log,
  connection: Connection,
  claims: Promise<Claims>,
): Promise<Claims> {
  try {
    return await claims;
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    refuseToken(log, connection, error);
  }
}

/** Logs the refusal of a token, and throws the error that its client is sent. */
export function refuseToken(
  log: Log,
  connection: Connection,
  error: TokenError,
): never {
  log.info("token_refused", {
    connection: connection.id,
    reason: error.message,
  });
  switch (error.reason) {
    case "expired":
      throw new ProtocolError(errors.tokenExpired);
    case "early":
      throw new ProtocolError(errors.internal, "the token is not valid yet");
    case "unavailable":
      throw new ProtocolError(
        errors.internal,
        "the token cannot be verified now",
      );
    case "invalid":
      throw new DisconnectError(disconnects.invalidToken);
  }
}

/** Lifetime of something that ends at `expiresAt`, as it is sent to a client. */
export function lifetime(clock: Clock, expiresAt: number): Lifetime {
  if (expiresAt === Infinity) return {};
  return { ttl: Math.max(Math.ceil((expiresAt - clock.wallTime) / 1000), 1) };
}
