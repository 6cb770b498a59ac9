/** JSON text of a program's value; what JSON would lose in silence is refused. */

/** Classes whose values JSON writes by their content. */
const WRITTEN = new Set(["Object", "Array", "String", "Number", "Boolean"]);

/**
 * Writes a value as `JSON.stringify` does. Fields that are `undefined` are left out.
 * All else that would be left out, or become `null` or `{}`, is an error: functions,
 * `NaN`, an invalid `Date`, a `Map`, a `Blob`, bytes.
 *
 * @param action Completes "Cannot …" in the error, such as "publish".
 * @throws {TypeError} If JSON does not have the value or a part of it.
 */
export function writeJson(value: unknown, action: string): string {
  try {
    // Nothing of a text can be lost.
    return typeof value === "string"
      ? JSON.stringify(value)
      : JSON.stringify(value, refuseLoss);
  } catch (error) {
    const isLoss = error instanceof TypeError || error instanceof RangeError;
    if (!isLoss) throw error;
    const [reason] = error.message.split("\n");
    throw new TypeError(
      `Cannot ${action}: expected text, bytes or any JSON value; ${reason}`,
      { cause: error },
    );
  }
}

/** Replacer of `JSON.stringify` that replaces nothing. */
function refuseLoss(this: unknown, key: string, value: unknown): unknown {
  // Its own conversion makes null of it before this function is called.
  const isInvalidDate = value === null &&
    classOf(Object(Object(this)[key])) === "Date";
  const isAbsentField = value === undefined && key !== "" &&
    !Array.isArray(this);
  if (isAbsentField || (isWritable(value) && !isInvalidDate)) return value;
  const part = key === "" ? "it" : JSON.stringify(key);
  const noun = isInvalidDate ? "an invalid Date" : nounOf(value);
  throw new TypeError(`${part} is ${noun}`);
}

/** Checks whether JSON has a value, its parts aside. */
function isWritable(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      return value === null || WRITTEN.has(classOf(value)) ||
        // Of a class that names itself, with fields of its own.
        (!ArrayBuffer.isView(value) && Object.keys(value).length > 0);
    default:
      return false;
  }
}

/** The class of an object, as platforms and `Symbol.toStringTag` name it. */
function classOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function nounOf(value: unknown): string {
  switch (typeof value) {
    case "object":
      return value === null ? "null" : `of the class ${classOf(value)}`;
    case "number":
    case "undefined":
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}
