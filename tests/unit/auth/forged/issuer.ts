/** The application whose tokens are forged: what it signs with, and what it says. */

import { FakeClock } from "../../../support/fake_clock.ts";
import { createSigningKey } from "../../../support/key_server.ts";
import { hmac, rawToken, rs256 } from "../../../support/raw_token.ts";
import { SECRET } from "../../../support/token.ts";

/** The time at which tokens are tried. */
export const clock = new FakeClock();

export const AUDIENCE = "thrum";
export const ISSUER = "https://issuer.example";

/** The time in so many seconds from then, as a claim says it. */
export function inSeconds(seconds: number): number {
  return clock.wallTime / 1000 + seconds;
}

/** Claims that open a connection and a subscription, if only they are signed. */
export const CLAIMS = {
  sub: "alice",
  channel: "news",
  aud: AUDIENCE,
  iss: ISSUER,
  exp: inSeconds(60),
};

/** The key pairs of the application; it publishes all three. */
export const rsa = await createSigningKey("RS256");
export const ec = await createSigningKey("ES256");
export const ed = await createSigningKey("EdDSA");

export const HS256 = { alg: "HS256", typ: "JWT" };
export const RS256 = { alg: "RS256", kid: rsa.kid };

/** Signs by the secret whatever it is given. */
export function signBySecret(
  payload: unknown,
  header: unknown = HS256,
): Promise<string> {
  return rawToken(header, payload, hmac(SECRET));
}

/** Signs by the private key whatever it is given. */
export function signByKey(
  payload: unknown,
  header: unknown = RS256,
): Promise<string> {
  return rawToken(header, payload, rs256(rsa.privateKey));
}

/** Keys of a verifier: the secret, the URL of the public keys, or both. */
export type Setting = "secret" | "keys" | "both";

/** A token that no verifier may accept. */
export interface Forgery {
  /** Completes the sentence "A token with …". */
  readonly name: string;
  readonly make: () => Promise<string> | string;
  /** The verifiers that it is tried on. @default {all} */
  readonly settings?: readonly Setting[];
  /** @default {"invalid"} */
  readonly reason?: "early" | "expired" | "invalid";
}
