/** The public keys that tokens are verified with, fetched from one URL. */

import {
  createRemoteJWKSet,
  customFetch,
  errors as joseErrors,
  type JWTVerifyGetKey,
} from "jose";
import type { Clock } from "../base/clock.ts";
import { TokenError } from "./token_error.ts";

/** Clients wait five seconds for a reply, and are to learn of the failure. */
const TIMEOUT_MS = 3_000;
/** Keys older than this are fetched again before the next token is verified. */
const MAX_AGE_MS = 600_000;
/** After a success, how long a key that is not in the set is not looked for again. */
const COOLDOWN_MS = 30_000;
/** The least time from one fetch to the next, whatever became of it. */
const MIN_PERIOD_MS = 1_000;

/** The part of `fetch` that a key set needs. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>;

/** What a key set asks, and how it knows when it may ask again. */
export interface KeySetOptions {
  /** Fetches the keys. */
  readonly fetch: FetchKeys;
  /** Says when they may be fetched again. */
  readonly clock: Pick<Clock, "now">;
}

/**
 * Makes the function that finds the key for a token by its header's `alg` and
 * `kid` (RFC 7517). It asks no other URL, whatever the header says, and follows
 * no redirect. Where several keys fit, a token must name one by its `kid`.
 *
 * The function rejects with {@linkcode TokenError} of the reason `unavailable`
 * if the keys cannot be had.
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
      // The cooldown begins with a success only: without this limit every
      // token would become a request to a server that is in trouble already.
      if (clock.now < nextFetchAt) throw new Error("the last fetch has failed");
      nextFetchAt = clock.now + MIN_PERIOD_MS;
      const response = await fetch(url, init);
      if (response.status === 200) return response;
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status}`);
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
      const why = error instanceof Error ? error.message : String(error);
      throw new TokenError(
        "unavailable",
        `Cannot take a key from the key set: ${why}`,
        { cause: error },
      );
    }
  };
}
