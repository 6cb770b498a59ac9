/** Token of a client: its source is asked at each connect, and again before the token expires. */

import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { isRecord } from "../base/record.ts";
import { backoff } from "./backoff.ts";

/** Makes a JWT that is valid now, such as by a request to the program's own backend. */
export type TokenSource = () => string | Promise<string>;

/** Token of a client, and the callback for a source that fails. */
export interface TokenOptions {
  /** A JWT, or the source of JWTs. */
  readonly token?: string | TokenSource;
  /** Called with what the source threw; it is asked again. */
  readonly onTokenError?: (error: unknown) => void;
}

/** Sources and waits of a {@linkcode TokenKeeper}. */
export interface TokenKeeperOptions {
  /** Source of the time. */
  readonly clock: Clock;
  /** Source of the jitter. */
  readonly random: Pick<Random, "number">;
  /** The shortest wait after a source has failed, in milliseconds. */
  readonly minDelayMs: number;
  /** The longest wait after a source has failed, in milliseconds. */
  readonly maxDelayMs: number;
}

/** Share of its lifetime after which a token is replaced, and the longest time before its end, in milliseconds. */
const RENEW_AFTER = 2 / 3;
const MAX_MARGIN_MS = 30_000;
/** The shortest time between two renewals, for a source that gives the same token again. */
const MIN_PERIOD_MS = 1_000;
/** The longest wait of a timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Tokens of a source that a server may refuse in a row. */
const MAX_REFUSALS = 3;

/** The token of one client. */
export class TokenKeeper {
  readonly #options: TokenKeeperOptions;
  #source: TokenSource | undefined;
  #onError: ((error: unknown) => void) | undefined;
  #token: string | undefined;
  #refusals = 0;
  /** Grows with every question and every token: an old answer is dropped. */
  #version = 0;
  #cancelTimer: (() => void) | undefined;
  #onRenewed: ((token: string) => void) | undefined;

  /** Makes one without a token. */
  constructor(options: TokenKeeperOptions) {
    this.#options = options;
  }

  /** The current token; `undefined` without one. */
  get token(): string | undefined {
    return this.#token;
  }

  /** True if a source gives the tokens. */
  get hasSource(): boolean {
    return this.#source !== undefined;
  }

  /** Takes a token or its source in place of the old ones. */
  use({ token, onTokenError }: TokenOptions): void {
    this.#onError = onTokenError ?? this.#onError;
    if (typeof token === "function") this.#source = token;
    else if (token) this.#take(token);
  }

  /**
   * Asks the source, if there is one, for the token of the next connection.
   *
   * @throws What the source throws, or a {@linkcode TypeError} if that is no token.
   */
  async ask(): Promise<void> {
    if (this.#source === undefined) return;
    const version = ++this.#version;
    try {
      const token: unknown = await this.#source();
      if (version !== this.#version) return;
      if (typeof token !== "string" || token === "") {
        const got = token === "" ? "an empty string" : typeof token;
        throw new TypeError(
          `Cannot take a token from its source: got ${got}, expected a JWT`,
        );
      }
      this.#take(token);
    } catch (error) {
      if (version === this.#version) this.#onError?.(error);
      throw error;
    }
  }

  /** Notes that the server has accepted the token; calls back with each later one until {@linkcode stop}. */
  accepted(onRenewed: (token: string) => void): void {
    this.#refusals = 0;
    this.#onRenewed = onRenewed;
    this.#schedule();
  }

  /** Notes that the server has refused the token; true if the source may give a better one. */
  refused(): boolean {
    return this.hasSource && ++this.#refusals < MAX_REFUSALS;
  }

  /** Renews no more. */
  stop(): void {
    this.#cancelTimer?.();
    this.#onRenewed = undefined;
    this.#version++;
  }

  #take(token: string): void {
    this.#version++;
    this.#token = token;
    this.#onRenewed?.(token);
    if (this.#onRenewed !== undefined) this.#schedule();
  }

  #schedule(): void {
    if (this.#source === undefined || this.#token === undefined) return;
    const lifetimeMs = lifetimeOf(this.#token, this.#options.clock.wallTime);
    if (lifetimeMs === Infinity) return this.#cancelTimer?.();
    const marginMs = Math.min(lifetimeMs * (1 - RENEW_AFTER), MAX_MARGIN_MS);
    const waitMs = Math.max(lifetimeMs - marginMs, MIN_PERIOD_MS);
    // What lies further ahead is looked at again then.
    if (waitMs > MAX_TIMER_MS) {
      this.#after(MAX_TIMER_MS, () => this.#schedule());
    } else this.#after(waitMs, () => this.#renew(0));
  }

  async #renew(failures: number): Promise<void> {
    const { random, minDelayMs: minMs, maxDelayMs: maxMs } = this.#options;
    const onRenewed = this.#onRenewed;
    try {
      await this.ask();
    } catch {
      // It was reported; the token may last longer than the failure.
      if (this.#onRenewed !== onRenewed) return;
      const bounds = { minMs, maxMs, random: random.number() };
      const waitMs = backoff(failures + 1, bounds);
      this.#after(waitMs, () => this.#renew(failures + 1));
    }
  }

  #after(ms: number, callback: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(ms, callback);
  }
}

/**
 * Milliseconds for which a JWT that was made just now is valid; `Infinity` if it does
 * not say. The device's clock may be wrong: the shorter of the time left and the whole
 * time counts, and a new token that seems to have ended has its whole time before it.
 */
function lifetimeOf(token: string, wallTime: number): number {
  const { exp, iat } = readClaims(token);
  if (typeof exp !== "number") return Infinity;
  const leftMs = exp * 1_000 - wallTime;
  const wholeMs = typeof iat === "number" ? (exp - iat) * 1_000 : Infinity;
  return leftMs > 0 ? Math.min(leftMs, wholeMs) : wholeMs;
}

/** Reads the claims of a JWT without verifying them; none where the server alone can read it. */
function readClaims(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ""] = token.split(".");
  try {
    const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(atob(base64));
    return isRecord(claims) ? claims : {};
  } catch {
    // atob throws a DOMException, JSON.parse a SyntaxError.
    return {};
  }
}
