/** Public keys for the verification of tokens, fetched from one URL. */

import {
  createLocalJWKSet,
  errors as joseErrors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from "jose";
import type { Clock } from "../base/clock.ts";
import { isRecord } from "../base/record.ts";
import { TokenError } from "./token_error.ts";

/** Less than the five seconds that clients wait for a reply, so that they receive the error. */
const TIMEOUT_MS = 3_000;
/** Age after which keys are fetched again before the next verification. */
const MAX_AGE_MS = 600_000;
/** Time after a successful fetch in which an unknown key causes no other fetch. */
const COOLDOWN_MS = 30_000;
/** Shortest time between two fetches, successful or not. */
const MIN_PERIOD_MS = 1_000;
/** Longest answer that is read; the largest public providers publish some 20 KiB. */
const MAX_BYTES = 1_048_576;

/** The part of `fetch` that a key set uses. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>;

type Key = Awaited<ReturnType<JWTVerifyGetKey>>;

/** Options of a key set. */
export interface KeySetOptions {
  /** Fetches the keys. */
  readonly fetch: FetchKeys;
  /** Measures the time between two fetches, and limits each. */
  readonly clock: Pick<Clock, "now" | "after">;
}

/**
 * Makes the function that finds the key of a token by `alg` and `kid` of its header
 * (RFC 7517). It fetches no URL that the header names, follows no redirect, and reads
 * at most 1 MiB. If several keys fit, the token must name one by its `kid`.
 *
 * The function rejects with a {@linkcode TokenError} of the reason `unavailable` if
 * it cannot fetch the keys, or may not fetch them again so soon: a key that is unknown
 * may have been published since.
 */
export function createKeySet(
  url: URL,
  options: KeySetOptions,
): JWTVerifyGetKey {
  const keys = new KeySet(url, options);
  return (header, token) => keys.find(header, token);
}

/** The keys as they were fetched last. */
class KeySet {
  readonly #url: URL;
  readonly #fetch: FetchKeys;
  readonly #clock: KeySetOptions["clock"];
  #findKey: JWTVerifyGetKey | undefined;
  /** Start and end of the last successful fetch. */
  #askedAt = -Infinity;
  #fetchedAt = -Infinity;
  #nextFetchAt = -Infinity;
  /** The fetch that is under way. */
  #fetching: Promise<JWTVerifyGetKey> | undefined;

  constructor(url: URL, { fetch, clock }: KeySetOptions) {
    this.#url = url;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  async find(...token: Parameters<JWTVerifyGetKey>): Promise<Key> {
    const { now } = this.#clock;
    const isFresh = now - this.#fetchedAt < MAX_AGE_MS;
    const known = isFresh ? this.#findKey : undefined;
    let key = await match(known ?? await this.#load(), token);
    const isCooling = this.#clock.now - this.#fetchedAt < COOLDOWN_MS;
    if (key === undefined && !isCooling) {
      key = await match(await this.#load(), token);
    }
    if (key !== undefined) return key;
    // Keys that are as new as the token decide about it.
    if (this.#askedAt >= now) throw new joseErrors.JWKSNoMatchingKey();
    throw unavailable("the key is unknown, and the last fetch is too recent");
  }

  /** Fetches the keys; calls that come meanwhile share the fetch. */
  #load(): Promise<JWTVerifyGetKey> {
    return this.#fetching ??= this.#refetch().finally(() => {
      this.#fetching = undefined;
    });
  }

  async #refetch(): Promise<JWTVerifyGetKey> {
    const askedAt = this.#clock.now;
    // Without this limit every token would cause a request to a server that already fails.
    if (askedAt < this.#nextFetchAt) throw unavailable("the last fetch failed");
    this.#nextFetchAt = askedAt + MIN_PERIOD_MS;
    try {
      this.#findKey = createLocalJWKSet(await this.#fetchKeys());
    } catch (error) {
      throw unavailable(error);
    }
    this.#askedAt = askedAt;
    this.#fetchedAt = this.#clock.now;
    return this.#findKey;
  }

  async #fetchKeys(): Promise<JSONWebKeySet> {
    const timeout = new AbortController();
    const cancel = this.#clock.after(
      TIMEOUT_MS,
      () => timeout.abort(new Error(`no answer within ${TIMEOUT_MS} ms`)),
    );
    try {
      const response = await this.#fetch(this.#url.href, {
        headers: { accept: "application/json, application/jwk-set+json" },
        redirect: "manual",
        signal: timeout.signal,
      });
      if (response.status === 200) return toKeys(await readText(response));
      await response.body?.cancel();
      throw new Error(`the status is ${response.status}: expected 200`);
    } finally {
      cancel();
    }
  }
}

/** The key that fits; `undefined` if none does. */
async function match(
  findKey: JWTVerifyGetKey,
  token: Parameters<JWTVerifyGetKey>,
): Promise<Key | undefined> {
  try {
    return await findKey(...token);
  } catch (error) {
    if (error instanceof joseErrors.JWKSNoMatchingKey) return undefined;
    if (error instanceof joseErrors.JWKSMultipleMatchingKeys) throw error;
    // The key that was published is broken.
    throw unavailable(error);
  }
}

/** Reads a body up to {@linkcode MAX_BYTES}. */
async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) {
      throw new RangeError(`the answer has more than ${MAX_BYTES} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function toKeys(text: string): JSONWebKeySet {
  const value: unknown = JSON.parse(text);
  if (isRecord(value) && Array.isArray(value.keys)) return { keys: value.keys };
  throw new TypeError("the answer is no key set");
}

function unavailable(cause: unknown): TokenError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Cannot fetch the key set: ${reason}`;
  return new TokenError("unavailable", message, { cause });
}
