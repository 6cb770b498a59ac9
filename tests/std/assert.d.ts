/** Types of `@std/assert`, for its untyped copy on npm. */

type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

type Falsy = false | 0 | 0n | "" | null | undefined;

/** What a failed assertion throws. */
export class AssertionError extends Error {
  constructor(message: string, options?: ErrorOptions);
}

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg?: string): asserts expr;

/** Throws unless `expr` is falsy. */
export function assertFalse(expr: unknown, msg?: string): asserts expr is Falsy;

/** Whether two values are deeply equal. */
export function equal(a: unknown, b: unknown): boolean;

/** Throws unless the values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void;

/** Throws if the values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void;

/** Throws unless `Object.is(actual, expected)`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T;

/** Throws if `Object.is(actual, expected)`. */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/** Throws if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T>;

/** Throws unless the value was made by `expectedType`. */
export function assertInstanceOf<
  T extends abstract new (...args: never[]) => unknown,
>(
  actual: unknown,
  expectedType: T,
  msg?: string,
): asserts actual is InstanceType<T>;

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void;

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void;

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void;

/** Throws unless the expression matches. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void;

/** Throws unless `expected` occurs in `actual`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void;

/** Throws unless every expected element is deeply equal to one of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  msg?: string,
): void;

/** Throws unless `actual` has, at every depth, the properties of `expected`. */
export function assertObjectMatch(
  actual: object,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void;

/** Throws unless `fn` throws; returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;

/** Throws unless `fn` throws an error of the class; returns that error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;

/** Rejects unless `fn` rejects; resolves with the reason. */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;

/** Rejects unless `fn` rejects with an error of the class; resolves with it. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;

/** Fails the test. */
export function fail(msg?: string): never;
