/** The clients that a hub lets in. */

import type { Clock } from "../base/clock.ts";
import { namesOf, requireKnown } from "../base/options.ts";
import { isRecord } from "../base/record.ts";
import {
  createTokenVerifier,
  type TokenVerifier,
  type TokenVerifierOptions,
} from "./token_verifier.ts";

/**
 * The clients that may connect.
 *
 * - `"anonymous"`: everybody, under any name. They may do everything: the `allow` of a
 *   channel is not asked.
 * - `{ tokens }`: those with a valid token, and those that the hook `onConnect` names.
 * - `"onConnect"`: those that the hook `onConnect` names, by a session cookie for example.
 */
export type Access = "anonymous" | "onConnect" | TokenAccess;

/** Access by token. */
export interface TokenAccess {
  /** A verifier, or what one is made from: a secret, the URL of public keys, or both. */
  readonly tokens: TokenVerifierOptions | TokenVerifier;
  /**
   * Lets clients without a token do everything, as `"anonymous"` does.
   * @default {false}
   */
  readonly anonymous?: boolean;
}

const ACCESS_OPTIONS = namesOf<TokenAccess>({ tokens: true, anonymous: true });

/** Checks whether an access lets everybody do everything. */
export function isAnonymous(access: Access): boolean {
  return access === "anonymous" ||
    (typeof access === "object" && access.anonymous === true);
}

/**
 * The verifier of the tokens of an access.
 *
 * @throws {TypeError} If there is no such access, or it would refuse every token.
 */
export function verifierOf(access: Access, clock: Clock): TokenVerifier {
  if (access === "anonymous" || access === "onConnect") {
    return createTokenVerifier({});
  }
  requireTokens(access);
  requireKnown("give access", access, ACCESS_OPTIONS);
  const { tokens, anonymous = false } = access;
  if ("connection" in tokens) return tokens;
  const { secret, jwksUrl } = tokens;
  if (secret === undefined && jwksUrl === undefined && !anonymous) {
    throw new TypeError(
      "Cannot verify tokens with neither secret nor jwksUrl: expected one of them",
    );
  }
  return createTokenVerifier({ clock, ...tokens });
}

/** Refuses another access of a program without types. Its value may hold a secret, unless it is a text. */
function requireTokens(access: unknown): void {
  if (isRecord(access) && isRecord(access.tokens)) return;
  const shown = typeof access === "string" ? ` "${access}"` : "";
  throw new TypeError(
    `Cannot create a hub with this access${shown}: expected "anonymous", "onConnect" or { tokens }`,
  );
}
