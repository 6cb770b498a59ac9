/** Reconnection of a link: pauses that grow with each failure, and reasons that are reported once. */

import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2_000;
/** Reasons of an outage that are remembered. */
const MAX_REASONS = 100;

/**
 * Milliseconds to wait after so many failures before: from 25 to 50, then up to twice as
 * long each. Many nodes lose a server at once; they should not all come back at once.
 */
export function pauseAfter(
  failures: number,
  random: Random,
  maxMs: number,
): number {
  const longest = Math.min(maxMs, MIN_PAUSE_MS * 2 ** failures);
  return longest * (0.5 + random.number() / 2);
}

/** Reasons of an outage, each of which is reported once: its attempts may fail for several in turn. */
export class Reasons {
  readonly #report: (error: unknown) => void;
  readonly #known = new Set<string>();

  /** Makes a list without reasons; `report` gets each that is new. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Reports a reason, unless it is known. */
  add(error: unknown): void {
    const text = String(error);
    if (this.#known.has(text)) return;
    this.#report(error);
    // Texts that differ each time take no memory for ever.
    if (this.#known.size >= MAX_REASONS) this.#known.clear();
    this.#known.add(text);
  }

  /** Forgets all: the outage is over. */
  clear(): void {
    this.#known.clear();
  }
}

/** Parts that a reconnection works with. */
export interface ReconnectionDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Begins the next attempt. */
  readonly connect: () => void;
  /** Called once with each reason of an outage. */
  readonly onReason: (error: unknown) => void;
}

/** Attempts of a link to be there again. */
export class Reconnection {
  readonly #deps: ReconnectionDeps;
  /** Reasons of the outage that lasts; an attempt may have several. */
  readonly reasons: Reasons;
  #failures = 0;
  #stopPause: (() => void) | undefined;

  /** Makes a reconnection that does nothing yet. */
  constructor(deps: ReconnectionDeps) {
    this.#deps = deps;
    this.reasons = new Reasons(deps.onReason);
  }

  /** The connection, or the attempt to have one, has failed: the next begins after a pause. */
  failed(error: unknown): void {
    const { clock, random, connect } = this.#deps;
    this.reasons.add(error);
    const pauseMs = pauseAfter(this.#failures++, random, MAX_PAUSE_MS);
    this.#stopPause?.();
    this.#stopPause = clock.after(pauseMs, connect);
  }

  /** The link is ready: the outage is over. */
  succeeded(): void {
    this.#failures = 0;
    this.reasons.clear();
  }

  /** Begins no attempt any more. */
  stop(): void {
    this.#stopPause?.();
  }
}
