/** Types of the part of `@sinonjs/fake-timers` that `FakeTime` stands on. */

/** A controllable clock in place of the real one. */
export interface Clock {
  readonly now: number;
  tick(ms: number): number;
  next(): number;
  countTimers(): number;
  uninstall(): void;
}

/** What to begin with. */
export interface InstallOptions {
  readonly now: number;
  readonly toFake: readonly string[];
}

/** Replaces the global timers named in `toFake`. */
export function install(options: InstallOptions): Clock;
