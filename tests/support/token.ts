/** Tokens of clients, valid or not, as an application's own server would sign them. */

import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** Long enough that the server has nothing to say about it. */
export const SECRET = "a secret of forty characters for testing";

/** How a token is signed. */
export interface SigningOptions {
  /** @default {SECRET} */
  readonly secret?: string;
  /** @default {"HS256"} */
  readonly alg?: string;
}

/** Signs `claims`. */
export function signToken(
  claims: JWTPayload,
  { secret = SECRET, alg = "HS256" }: SigningOptions = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));
}

/** A token that says of itself that nobody signed it. */
export function unsignedToken(claims: JWTPayload): string {
  return new UnsecuredJWT(claims).encode();
}

/** The time in so many seconds from now, as a claim says it: in seconds since 1970. */
export function inSeconds(seconds: number): number {
  return Date.now() / 1000 + seconds;
}
