/** Options of a program without types: an unknown name would be ignored in silence. */

import { nearestOf } from "./nearest.ts";

/** Names of all options of a type; the compiler finds one that is missing here. */
export function namesOf<Options>(
  names: Readonly<Record<keyof Options, true>>,
): readonly string[] {
  return Object.keys(names);
}

/**
 * Refuses options that do not exist. The `action` is what they are for, such as `publish`.
 *
 * @throws {TypeError} If there is one, or the options are no object.
 */
export function requireKnown(
  action: string,
  options: object,
  known: readonly string[],
): void {
  requireObject(action, options);
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const nearest = nearestOf(name, known);
    const advice = nearest === undefined ? "" : `: did you mean ${nearest}?`;
    throw new TypeError(
      `Cannot ${action} with ${name}, no such option${advice}`,
    );
  }
}

/** Name of a value's type, for error messages that must not show the value. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** A value for error messages: a text in quotation marks, no numbers lost. */
export function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint"
    ? `${value}`
    : JSON.stringify(value) ?? typeof value;
}

/**
 * Refuses an option that is no list of texts.
 *
 * @throws {TypeError} If it is something else.
 */
export function requireTexts(
  action: string,
  texts: unknown,
  expected: string,
): void {
  const isList = Array.isArray(texts) &&
    texts.every((text) => typeof text === "string");
  if (isList) return;
  throw new TypeError(
    `Cannot ${action} ${shown(texts)}: expected a list of ${expected}`,
  );
}

/**
 * Refuses an option that is no text, unless it is left out.
 *
 * @throws {TypeError} If it is something else.
 */
export function requireString(action: string, value: unknown): void {
  if (value === undefined || typeof value === "string") return;
  throw new TypeError(`Cannot ${action} ${shown(value)}: expected a string`);
}

/**
 * Refuses an option that is neither on nor off, unless it is left out: `"no"` would be on.
 *
 * @throws {TypeError} If it is something else.
 */
export function requireFlag(action: string, value: unknown): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new TypeError(
    `Cannot ${action} ${shown(value)}: expected true or false`,
  );
}

function requireObject(action: string, options: unknown): void {
  const type = typeName(options);
  if (type === "object") return;
  throw new TypeError(
    `Cannot ${action} with options of the type ${type}: expected an object`,
  );
}
