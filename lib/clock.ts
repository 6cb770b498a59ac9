/** Time and chance: handed to whoever needs them, so that a test or a simulation can own both. */

/** Where a component reads the time and asks to be called later. */
export interface Clock {
  /** Milliseconds on a scale that never goes back; its zero means nothing. */
  readonly now: number;
  /** Milliseconds since 1970, for what is shown to people or compared with a token. */
  readonly wallTime: number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back every `periodMs`; the returned function stops it. */
  every(periodMs: number, callback: () => void): () => void;
  /** Calls back once what this turn of the event loop brought is done; the returned function cancels. */
  soon(callback: () => void): () => void;
}

/** Where a component takes what must not be guessable or equal. */
export interface Chance {
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** A random UUID (RFC 9562, version 4). */
  uuid(): string;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  get now() {
    return performance.now();
  },
  get wallTime() {
    return Date.now();
  },
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
  soon(callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};

/** The machine's own randomness. */
export const systemChance: Chance = {
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
};
