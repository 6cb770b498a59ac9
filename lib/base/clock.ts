/** The clock port: components take time from it, so that a test or a simulation can own it. */

/** Source of the time, and of calls at a later time. */
export interface Clock {
  /** Milliseconds on a scale that never goes back; its zero means nothing. */
  readonly now: number;
  /** Milliseconds since 1970, for what is shown to people or compared with a token. */
  readonly wallTime: number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back every `periodMs`; the returned function stops it. It keeps no process alive. */
  every(periodMs: number, callback: () => void): () => void;
  /** Calls back once what this turn of the event loop brought is done; the returned function cancels. */
  soon(callback: () => void): () => void;
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
    // A browser has a number instead.
    if (typeof timer === "object") timer.unref();
    return () => clearInterval(timer);
  },
  soon(callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
};
