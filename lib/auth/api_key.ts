/** Check of a key, such as the server API's, in a time that reveals nothing about it. */

import { typeName } from "../base/options.ts";

/** Characters of a secret that cannot be guessed. */
const STRONG_LENGTH = 32;

/** Meaning of a secret or a key that can be guessed, for warnings; `undefined` for a strong one. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length >= STRONG_LENGTH) return undefined;
  return `a secret shorter than ${STRONG_LENGTH} characters can be guessed`;
}

/** Rule of a key, for error messages. */
export const KEY_RULE =
  "characters of ASCII, without control characters and without spaces at its ends";

/** Checks whether a header can carry a key as it is. */
export function isApiKey(key: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(key);
}

/**
 * Makes the function that compares an offered key with `key`, an option called `name`.
 *
 * @throws {TypeError} If no header can carry the key.
 */
export function createKeyCheck(
  key: string,
  name: string,
): (offered: string) => boolean {
  // Of a program without types, a key that is no text would be an empty one.
  if (typeof key !== "string" || !isApiKey(key)) {
    const expected = typeof key === "string"
      ? KEY_RULE
      : `a text, not ${typeName(key)}`;
    throw new TypeError(`Cannot use the ${name}: expected ${expected}`);
  }
  return (offered) => {
    let difference = offered.length ^ key.length;
    // Every character is compared, so that the time depends on what was offered alone.
    const expected = difference === 0 ? key : offered;
    for (let at = 0; at < offered.length; at++) {
      difference |= offered.charCodeAt(at) ^ expected.charCodeAt(at);
    }
    return difference === 0;
  };
}
