/** A bound on how long a test waits, with an error that says for what. */

// Taken at load, so that a test with fake time still has real deadlines.
const { setTimeout, clearTimeout } = globalThis;

/** Thrown when what a test waited for did not come. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
}

/** What was waited for, and how long. */
export interface DeadlineOptions {
  /** Completes the sentence "Waited 2000 ms for …"; a function is asked at the end. */
  readonly awaited: string | (() => string);
  /** @default {5_000} */
  readonly timeoutMs?: number;
}

/** Settles as `promise` does, or rejects with {@linkcode DeadlineError} when that takes too long. */
export async function deadline<T>(
  promise: PromiseLike<T>,
  { awaited, timeoutMs = 5_000 }: DeadlineOptions,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const what = typeof awaited === "string" ? awaited : awaited();
    late.reject(new DeadlineError(`Waited ${timeoutMs} ms for ${what}`));
  }, timeoutMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
