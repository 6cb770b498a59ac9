/** Verifies the tokens that say who a client is: JWT (RFC 7519) with HS256. */

import { errors as joseErrors, jwtVerify } from "jose";
import { isUid } from "../names.ts";

/** What a valid token says. */
export interface Claims {
  /** The uid of the client. */
  readonly uid: string;
  /** When the token ends, in milliseconds since 1970; `Infinity` if it does not say. */
  readonly expiresAt: number;
}

/** A token that is not accepted. The message is for the log, never for the client. */
export class TokenError extends Error {
  /** `"TokenError"`. */
  override readonly name = "TokenError";
}

/**
 * Says what a token claims.
 *
 * @throws {TokenError} If the token is not accepted.
 */
export type VerifyToken = (token: string) => Promise<Claims>;

/** Makes a verifier of tokens that were signed by HS256 with `secret`. */
export function createTokenVerifier(secret: string): VerifyToken {
  const key = new TextEncoder().encode(secret);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["HS256"],
        requiredClaims: ["sub"],
      });
      const { sub, exp } = payload;
      if (typeof sub !== "string" || !isUid(sub)) {
        throw new TokenError('"sub" is not a uid');
      }
      return {
        uid: sub,
        expiresAt: exp === undefined ? Infinity : exp * 1000,
      };
    } catch (error) {
      if (!(error instanceof joseErrors.JOSEError)) throw error;
      throw new TokenError(error.message, { cause: error });
    }
  };
}
