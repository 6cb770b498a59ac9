/** Public keys for the verification of tokens, fetched from one URL. */

import {
  createRemoteJWKSet,
  customFetch,
  errors as joseErrors,
  type JWTVerifyGetKey,
} from "jose";
import type { Clock } from "../base/clock.ts";
import { TokenError } from "./token_error.ts";

/** Less than the five seconds that clients wait for a reply, so that they receive the error. */
const TIMEOUT_MS = 3_000;
/** Age after which keys are fetched again before the next verification. */
const MAX_AGE_MS = 600_000;
/** Time after a successful fetch in which an unknown key causes no other fetch. */
const COOLDOWN_MS = 30_000;
/** Shortest time between two fetches, successful or not. */
const MIN_PERIOD_MS = 1_000;

/** The part of `fetch` that a key set uses. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>;

/** Options of a key set. */
export interface KeySetOptions {
  /** Fetches the keys. */
  readonly fetch: FetchKeys;
  /** Measures the time between two fetches. */
  readonly clock: Pick<Clock, "now">;
}

/**
 * Makes the function that finds the key of a token by `alg` and `kid` of its header
 * (RFC 7517). It fetches no URL that the header names, and follows no redirect. If
 * several keys fit, the token must name one by its `kid`.
 *
 * The function rejects with a {@linkcode TokenError} of the reason `unavailable` if
 * it cannot fetch the keys.
 */
export function createKeySet(
  url: URL,
  { fetch, clock }: KeySetOptions,
): JWTVerifyGetKey {
  let nextFetchAt = -Infinity;
  const findKey = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOLDOWN_MS,
    [customFetch]: async (url, init) => {
      // The cooldown begins only after a success. Without this limit every token
      // would cause a request to a server that already fails.
      if (clock.now < nextFetchAt) throw new Error("the last fetch failed");
      nextFetchAt = clock.now + MIN_PERIOD_MS;
      const response = await fetch(url, init);
      if (response.status === 200) return response;
      await response.body?.cancel();
      throw new Error(`the status is ${response.status}: expected 200`);
    },
  });
  return async (header, token) => {
    try {
      return await findKey(header, token);
    } catch (error) {
      if (
        error instanceof joseErrors.JWKSNoMatchingKey ||
        error instanceof joseErrors.JWKSMultipleMatchingKeys
      ) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new TokenError(
        "unavailable",
        `Cannot fetch the key set: ${reason}`,
        { cause: error },
      );
    }
  };
}
