/** Sessions of operators that were ended before their time. */

import type { Clock } from "../base/clock.ts";

/** Sessions that are kept at most; only one who has the key can end one. */
const MAX_SESSIONS = 10_000;

/** A session, as its signed statement describes it. */
export interface AdminSession {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The ended sessions that this node knows; each is forgotten once it would have expired. */
export class EndedSessions {
  readonly #clock: Pick<Clock, "wallTime">;
  readonly #expiries = new Map<string, number>();

  constructor(clock: Pick<Clock, "wallTime">) {
    this.#clock = clock;
  }

  /** Number of sessions that are kept. */
  get size(): number {
    return this.#expiries.size;
  }

  /** Ends a session. */
  add({ id, expiresAt }: AdminSession): void {
    if (this.#expiries.size >= MAX_SESSIONS) this.#forget();
    this.#expiries.set(id, expiresAt);
  }

  /** True for a session that was ended. */
  has(id: string): boolean {
    return this.#expiries.has(id);
  }

  /** Forgets the sessions that have expired, or if there are none the oldest. */
  #forget(): void {
    const now = this.#clock.wallTime;
    for (const [id, expiresAt] of this.#expiries) {
      if (expiresAt <= now) this.#expiries.delete(id);
    }
    if (this.#expiries.size < MAX_SESSIONS) return;
    const [oldest = ""] = this.#expiries.keys();
    this.#expiries.delete(oldest);
  }
}
