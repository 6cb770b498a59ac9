/** Verifies tokens, JWTs (RFC 7519) signed by the application's own server: who a client is and what it may join. */

import {
  errors as joseErrors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from "jose";
import { type Clock, systemClock } from "../base/clock.ts";
import {
  type ConnectionClaims,
  parseConnectionClaims,
  parseSubscriptionClaims,
  type SubscriptionClaims,
} from "./claims.ts";
import { createKeySet, type FetchKeys } from "./key_set.ts";
import { TokenError } from "./token_error.ts";

/** Algorithms that the shared secret verifies. */
const SECRET_ALGORITHMS = ["HS256", "HS384", "HS512"];

/** Algorithms that a public key verifies; `Ed25519` is `EdDSA` by its newer name (RFC 9864). */
const PUBLIC_ALGORITHMS = [
  ...["RS256", "RS384", "RS512"],
  ...["PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "EdDSA", "Ed25519"],
];

/** More is no token, and hashing it would be work that anybody could ask for. */
const MAX_LENGTH = 65_536;

/** jose's own decoder lets padding and white space pass, which RFC 7515 does not. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Longer messages may quote a header that anybody could write. */
const MAX_MESSAGE_LENGTH = 200;

/** What tokens are verified with; with neither secret nor URL, none is accepted. */
export interface TokenVerifierOptions {
  /** The secret of tokens signed by HS256, HS384 or HS512. */
  readonly secret?: string;
  /** Where the public keys of all other tokens are (RFC 7517). */
  readonly jwksUrl?: string | URL;
  /** What the claim `aud` must be or contain. @default {anything} */
  readonly audience?: string;
  /** What the claim `iss` must be. @default {anything} */
  readonly issuer?: string;
  /** Fetches the public keys. @default {globalThis.fetch} */
  readonly fetch?: FetchKeys;
  /** Says what time it is, and when keys may be fetched again. @default {systemClock} */
  readonly clock?: Pick<Clock, "now" | "wallTime">;
}

/** Says what a token claims; rejects with {@linkcode TokenError} if it is not accepted. */
export interface TokenVerifier {
  /** Verifies the token of a connection (Centrifuge protocol, §3 connect and refresh). */
  connection(token: string): Promise<ConnectionClaims>;
  /** Verifies the token of a subscription (Centrifuge protocol, §3 subscribe). */
  subscription(token: string): Promise<SubscriptionClaims>;
}

/**
 * Makes a verifier of tokens. Which key verifies a token depends on its
 * algorithm alone, so that a public key never serves as a secret.
 *
 * @throws {TypeError} If the secret is empty, or the URL is not one of HTTP.
 */
export function createTokenVerifier(
  options: TokenVerifierOptions,
): TokenVerifier {
  const { audience, issuer, clock = systemClock } = options;
  const finders = createFinders({ ...options, clock });
  const algorithms = [...finders.keys()];
  const findKey: JWTVerifyGetKey = (header, token) => {
    const find = finders.get(header.alg);
    if (find) return find(header, token);
    throw new joseErrors.JOSEAlgNotAllowed();
  };
  async function verify<Claims extends { readonly expiresAt: number }>(
    token: string,
    parse: (payload: JWTPayload) => Claims,
  ): Promise<Claims> {
    if (token.length > MAX_LENGTH || !COMPACT.test(token)) {
      throw new TokenError("invalid", "not three parts of base64url");
    }
    const { wallTime } = clock;
    const currentDate = new Date(wallTime);
    const { payload } = await jwtVerify(token, findKey, {
      algorithms,
      audience,
      issuer,
      currentDate,
    }).catch(refuse);
    const claims = parse(payload);
    // What "expire_at" says, or a fraction of "exp", jose does not look at.
    if (claims.expiresAt <= wallTime) {
      throw new TokenError("expired", "what the token is for has ended");
    }
    return claims;
  }
  return {
    connection: (token) => verify(token, parseConnectionClaims),
    subscription: (token) => verify(token, parseSubscriptionClaims),
  };
}

/** Who finds the key for each algorithm that can be verified; no other is accepted. */
function createFinders(
  { secret, jwksUrl, fetch = globalThis.fetch, clock }:
    & TokenVerifierOptions
    & { readonly clock: Pick<Clock, "now"> },
): ReadonlyMap<string, JWTVerifyGetKey> {
  const finders = new Map<string, JWTVerifyGetKey>();
  if (secret !== undefined) {
    const find = createSecretKeys(secret);
    for (const algorithm of SECRET_ALGORITHMS) finders.set(algorithm, find);
  }
  if (jwksUrl !== undefined) {
    const find = createKeySet(toHttpUrl(jwksUrl), { fetch, clock });
    for (const algorithm of PUBLIC_ALGORITHMS) finders.set(algorithm, find);
  }
  return finders;
}

/** Imports the secret once for each hash, for that costs more than to verify with it. */
function createSecretKeys(secret: string): JWTVerifyGetKey {
  if (secret === "") {
    throw new TypeError("Cannot verify tokens with an empty secret");
  }
  const bytes = new TextEncoder().encode(secret);
  const keys = new Map<string, Promise<CryptoKey>>();
  return ({ alg }) => {
    const hash = alg.replace("HS", "SHA-");
    const key = keys.get(hash) ??
      crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash }, false, [
        "verify",
      ]);
    keys.set(hash, key);
    return key;
  };
}

function toHttpUrl(url: string | URL): URL {
  const parsed = new URL(url);
  if (/^https?:$/.test(parsed.protocol)) return parsed;
  throw new TypeError(`Cannot fetch keys from "${url}": not a URL of HTTP`);
}

/** Says that a token is not accepted, in our own words for what jose threw. */
function refuse(error: unknown): never {
  if (error instanceof joseErrors.JWTExpired) {
    throw new TokenError("expired", error.message);
  }
  // jose throws TypeError at keys that are too weak for their algorithm.
  if (error instanceof joseErrors.JOSEError || error instanceof TypeError) {
    const message = error.message.slice(0, MAX_MESSAGE_LENGTH);
    throw new TokenError("invalid", message);
  }
  throw error;
}
