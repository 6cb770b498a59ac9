/** Verifier of tokens: JWTs (RFC 7519) that the application's own server signs. */

import {
  errors as joseErrors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from "jose";
import { type Clock, systemClock } from "../base/clock.ts";
import { namesOf, requireKnown, shown, typeName } from "../base/options.ts";
import {
  type ConnectionClaims,
  parseConnectionClaims,
  parseSubscriptionClaims,
  type SubscriptionClaims,
} from "./claims.ts";
import { createKeySet, type FetchKeys } from "./key_set.ts";
import { TokenError } from "./token_error.ts";

/** Algorithms with the shared secret. */
const SECRET_ALGORITHMS = ["HS256", "HS384", "HS512"];

/** Algorithms with a public key; `Ed25519` is the newer name of `EdDSA` (RFC 9864). */
const PUBLIC_ALGORITHMS = [
  ...["RS256", "RS384", "RS512"],
  ...["PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "EdDSA", "Ed25519"],
];

/** Longer texts are refused unread: to hash them would be work that any client could cause. */
const MAX_LENGTH = 65_536;

/** The compact form of RFC 7515; jose's own decoder accepts padding and white space, too. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Longer messages may quote a header that any client can write. */
const MAX_MESSAGE_LENGTH = 200;

/** Time by which the clocks of the server and of a token's issuer may differ, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Keys and conditions of a verifier. Without a secret and a URL it accepts no token. */
export interface TokenVerifierOptions {
  /** Secret of tokens that are signed with HS256, HS384 or HS512. */
  readonly secret?: string;
  /** URL of the public keys of all other tokens (RFC 7517). */
  readonly jwksUrl?: string | URL;
  /**
   * Value that the claim `aud` must be or contain; `null` for any. An `undefined` that is
   * given, such as a variable that is not set, is refused.
   * @default {null}
   */
  readonly audience?: string | null;
  /** Value that the claim `iss` must have; `null` for any, as with `audience`. @default {null} */
  readonly issuer?: string | null;
  /**
   * Time for which a token is accepted before its `nbf` and after its end, because the
   * clock of its issuer may differ, in milliseconds.
   * @default {5_000}
   */
  readonly clockToleranceMs?: number;
  /** Fetches the public keys. @default {globalThis.fetch} */
  readonly fetch?: FetchKeys;
  /** Clock for the expiry of tokens, and for the fetches of keys. @default {systemClock} */
  readonly clock?: Pick<Clock, "now" | "wallTime" | "after">;
}

const VERIFIER_OPTIONS = namesOf<TokenVerifierOptions>({
  secret: true,
  jwksUrl: true,
  audience: true,
  issuer: true,
  clockToleranceMs: true,
  fetch: true,
  clock: true,
});

/** Verifies tokens and reads their claims; rejects with {@linkcode TokenError} if a token is not accepted. */
export interface TokenVerifier {
  /** Verifies a connection token (Centrifuge protocol, §3 connect and refresh). */
  connection(token: string): Promise<ConnectionClaims>;
  /** Verifies a subscription token (Centrifuge protocol, §3 subscribe). */
  subscription(token: string): Promise<SubscriptionClaims>;
}

/**
 * Makes a verifier of tokens. Which key verifies a token depends on its
 * algorithm alone, so that a public key never serves as a secret.
 *
 * @example One verifier for the hub and for requests of the program's own
 * ```ts
 * import { createHub, createTokenVerifier } from "@thrum/thrum";
 *
 * const tokens = createTokenVerifier({ jwksUrl: "https://auth.example/keys" });
 * const hub = createHub({ access: { tokens } });
 *
 * async function uidOf(token: string): Promise<string | undefined> {
 *   return (await tokens.connection(token)).uid;
 * }
 * ```
 *
 * @throws {TypeError} If there is no such option, the audience or the issuer is empty or `undefined`, the secret is no text, is empty or has white space at its ends, or the URL is not a URL of HTTP or has a password.
 * @throws {RangeError} If the tolerance is negative or not a number.
 */
export function createTokenVerifier(
  options: TokenVerifierOptions,
): TokenVerifier {
  requireKnown("verify tokens", options, VERIFIER_OPTIONS);
  const audience = conditionOf("audience", options);
  const issuer = conditionOf("issuer", options);
  const {
    clock = systemClock,
    clockToleranceMs = CLOCK_TOLERANCE_MS,
  } = options;
  if (typeof clockToleranceMs !== "number" || !(clockToleranceMs >= 0)) {
    throw new RangeError(
      `Cannot verify tokens with a clock tolerance of ${clockToleranceMs} ms: expected 0 or more`,
    );
  }
  const finders = createFinders({ ...options, clock });
  const conditions = {
    algorithms: [...finders.keys()],
    audience,
    issuer,
    // Times are compared below: jose drops fractions of a second.
    clockTolerance: Number.MAX_SAFE_INTEGER,
  };
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
      throw new TokenError(
        "invalid",
        `expected three parts of base64url in at most ${MAX_LENGTH} characters`,
      );
    }
    const { payload } = await jwtVerify(token, findKey, conditions)
      .catch(refuse);
    const claims = parse(payload);
    const { wallTime } = clock;
    requireTime(payload, { wallTime, toleranceMs: clockToleranceMs });
    const { expiresAt } = claims;
    if (expiresAt > wallTime) return claims;
    // A token that comes a little late opens what ends a little late, not at once.
    const lastsUntil = expiresAt + clockToleranceMs;
    if (lastsUntil > wallTime) return { ...claims, expiresAt: lastsUntil };
    throw new TokenError("expired", "the time of the token is over");
  }
  return {
    connection: (token) => verify(token, parseConnectionClaims),
    subscription: (token) => verify(token, parseSubscriptionClaims),
  };
}

/** A condition of all tokens. What would be none in silence, such as a variable that is not set, is refused. */
function conditionOf(
  name: "audience" | "issuer",
  options: TokenVerifierOptions,
): string | undefined {
  const value = options[name];
  if (!(name in options) || value === null) return undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(
    `Cannot verify tokens with the ${name} ${shown(value)}: ` +
      "expected a text that is not empty, or null to accept any",
  );
}

/**
 * Checks `nbf` and `exp`. `iat` restricts nothing: it tells the age of a token (RFC
 * 7519, §4.1.6), and the clock of its issuer may be ahead.
 */
function requireTime(
  { nbf = -Infinity, exp = Infinity }: JWTPayload,
  { wallTime, toleranceMs }: {
    readonly wallTime: number;
    readonly toleranceMs: number;
  },
): void {
  if (nbf * 1000 > wallTime + toleranceMs) {
    // A client that may try again would do so for ever.
    if (nbf >= exp) {
      throw new TokenError("invalid", "the token ends before it begins");
    }
    throw new TokenError("early", "the time of the token has not begun");
  }
  if (exp * 1000 + toleranceMs <= wallTime) {
    throw new TokenError("expired", "the time of the token is over");
  }
}

/** Finders of keys, by algorithm; tokens of other algorithms are refused. */
function createFinders(
  { secret, jwksUrl, fetch = globalThis.fetch, clock }:
    & TokenVerifierOptions
    & { readonly clock: Pick<Clock, "now" | "after"> },
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

/** Finds the key of the secret, imported once for each hash: the import costs more than a verification. */
function createSecretKeys(secret: string): JWTVerifyGetKey {
  // Libraries that sign take bytes, whose text only the program knows.
  if (typeof secret !== "string") {
    throw new TypeError(
      `Cannot verify tokens with this secret: expected a text, not ${
        typeName(secret)
      }`,
    );
  }
  if (secret.trim() === "") {
    throw new TypeError(
      "Cannot verify tokens with an empty secret: expected a text to sign with",
    );
  }
  // As that of a file has, whose line break is no part of it.
  if (secret.trim() !== secret) {
    throw new TypeError(
      "Cannot verify tokens with a secret that has white space at its ends: expected it without",
    );
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
  const { protocol, username, password } = parsed;
  if (/^https?:$/.test(protocol) && !username && !password) return parsed;
  // The URL may hold a password.
  throw new TypeError(
    `Cannot fetch keys from a URL of ${protocol}//${parsed.host}: expected a URL of HTTP without a user and a password`,
  );
}

/** Converts an error of jose to a {@linkcode TokenError}. */
function refuse(error: unknown): never {
  // jose throws a TypeError for a key that is too weak for its algorithm.
  if (error instanceof joseErrors.JOSEError || error instanceof TypeError) {
    const message = error.message.slice(0, MAX_MESSAGE_LENGTH);
    throw new TokenError("invalid", message);
  }
  throw error;
}
