/** `spy` and `stub` of `@std/testing/mock`, as far as these tests use them. */

import { AssertionError } from "../assert.ts";

/** Thrown when a method cannot be replaced or restored. */
export class MockError extends Error {
  override name = "MockError";
}

/** One recorded call. */
export interface SpyCall<Args extends unknown[], Return> {
  readonly args: Args;
  readonly returned?: Return;
  readonly error?: unknown;
  readonly self?: unknown;
}

/** A function that records its calls. */
export interface Spy<Args extends unknown[], Return> extends Disposable {
  (this: unknown, ...args: Args): Return;
  readonly calls: SpyCall<Args, Return>[];
  readonly restored: boolean;
  /** Puts the replaced method back; throws if there is none. */
  restore(): void;
}

type Method<Args extends unknown[], Return> = (...args: Args) => Return;
type ArgsOf<T> = T extends (...args: infer A extends unknown[]) => unknown ? A
  : never;
type ReturnOf<T> = T extends (...args: never[]) => infer R ? R : never;

function record<Args extends unknown[], Return>(
  original: Method<Args, Return>,
  putBack?: () => void,
): Spy<Args, Return> {
  const calls: SpyCall<Args, Return>[] = [];
  let restored = false;
  function restore() {
    if (!putBack) throw new MockError("Cannot restore: no method was replaced");
    if (restored) throw new MockError("Cannot restore: already restored");
    putBack();
    restored = true;
  }
  function spied(this: unknown, ...args: Args): Return {
    const call = { args, ...(this === undefined ? {} : { self: this }) };
    try {
      const returned = original.apply(this, args);
      calls.push({ ...call, returned });
      return returned;
    } catch (error) {
      calls.push({ ...call, error });
      throw error;
    }
  }
  return Object.defineProperties(spied, {
    calls: { value: calls },
    restored: { get: () => restored },
    restore: { value: restore },
    [Symbol.dispose]: { value: () => putBack && !restored && restore() },
  }) as Spy<Args, Return>;
}

function replace<Self extends object, Key extends keyof Self>(
  self: Self,
  key: Key,
  substitute?: (original: Self[Key]) => unknown,
): Spy<ArgsOf<Self[Key]>, ReturnOf<Self[Key]>> {
  const original = self[key];
  if (typeof original !== "function") {
    throw new MockError(`Cannot replace "${String(key)}": it is no method`);
  }
  const own = Object.getOwnPropertyDescriptor(self, key);
  const spied = record(
    (substitute?.(original) ?? original) as Method<
      ArgsOf<Self[Key]>,
      ReturnOf<Self[Key]>
    >,
    () => {
      if (own) Object.defineProperty(self, key, own);
      else Reflect.deleteProperty(self, key);
    },
  );
  Object.defineProperty(self, key, {
    value: spied,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? true,
  });
  return spied;
}

/** Records the calls of nothing, of a function, or of a method in its place. */
export function spy(): Spy<unknown[], undefined>;
export function spy<Args extends unknown[], Return>(
  func: (...args: Args) => Return,
): Spy<Args, Return>;
export function spy<Self extends object, Key extends keyof Self>(
  self: Self,
  key: Key,
): Spy<ArgsOf<Self[Key]>, ReturnOf<Self[Key]>>;
export function spy(target?: object, key?: PropertyKey): unknown {
  if (target === undefined) return record(() => undefined);
  if (key !== undefined) return replace(target, key as keyof typeof target);
  return record(target as Method<unknown[], unknown>);
}

/** Replaces a method by one that returns undefined, or by `func`. */
export function stub<Self extends object, Key extends keyof Self>(
  self: Self,
  key: Key,
  func?: (...args: ArgsOf<Self[Key]>) => ReturnOf<Self[Key]>,
): Spy<ArgsOf<Self[Key]>, ReturnOf<Self[Key]>> {
  return replace(self, key, () => func ?? (() => undefined));
}

/** Throws unless the spy was called that often. */
export function assertSpyCalls<Args extends unknown[], Return>(
  spied: Spy<Args, Return>,
  expected: number,
): void {
  if (spied.calls.length === expected) return;
  throw new AssertionError(
    `Expected ${expected} calls, but there were ${spied.calls.length}`,
  );
}
