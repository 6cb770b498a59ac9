/** Tokens that nobody signs: JSON text, for tests of what comes after the signature. */

import {
  parseConnectionClaims,
  parseSubscriptionClaims,
} from "../../lib/auth/claims.ts";
import {
  TokenError,
  type TokenErrorReason,
} from "../../lib/auth/token_error.ts";
import type { TokenVerifier } from "../../lib/auth/token_verifier.ts";

const REASONS: readonly TokenErrorReason[] = [
  "expired",
  "invalid",
  "early",
  "unavailable",
];

/** The token of some claims. */
export function tokenOf(claims: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(claims);
}

function payloadOf(token: string): unknown {
  const reason = REASONS.find((word) => word === token);
  if (reason === undefined) return JSON.parse(token);
  throw new TokenError(reason, `a reason for the log: ${reason}`);
}

/** Accepts any {@linkcode tokenOf}, and refuses the tokens `expired`, `invalid`, `early` and `unavailable` for what they say. */
export const fakeTokens: TokenVerifier = {
  connection: (token) =>
    Promise.try(() => parseConnectionClaims(payloadOf(token))),
  subscription: (token) =>
    Promise.try(() => parseSubscriptionClaims(payloadOf(token))),
};
