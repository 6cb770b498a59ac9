/** Checks of a value from outside: an object with fields, and not too deep. */

/** Fields whose values are not checked yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Checks whether a value is an object, and neither an array nor `null`. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Levels of objects and arrays in a value that is walked: written anew by
 * `JSON.stringify`, which overflows the stack from some thousand levels on, or handed
 * to the program. JSON that stays the text that it came as, such as the data of a
 * publication, has no such bound.
 */
export const MAX_DEPTH = 64;

/** Checks whether a value has more than {@linkcode MAX_DEPTH} levels; looks no deeper than that. */
export function isTooDeep(value: unknown): boolean {
  let level: object[] = isObject(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === MAX_DEPTH) return true;
    level = level.flatMap((each) => Object.values(each).filter(isObject));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
