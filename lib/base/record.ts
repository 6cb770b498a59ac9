/** The check of a value from outside that should be an object with fields. */

/** Fields whose values are not checked yet. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Checks whether a value is an object, and neither an array nor `null`. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
