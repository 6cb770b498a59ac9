/** Check of the server API's key, in a time that reveals nothing about it. */

/** Rule of a key, for error messages. */
export const KEY_RULE =
  "characters of ASCII, without control characters and without spaces at its ends";

/** Checks whether a header can carry a key as it is. */
export function isApiKey(key: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(key);
}

/**
 * Makes the function that compares an offered key with `key`.
 *
 * @throws {TypeError} If no header can carry the key.
 */
export function createKeyCheck(key: string): (offered: string) => boolean {
  if (!isApiKey(key)) {
    throw new TypeError(`Cannot use the API key: expected ${KEY_RULE}`);
  }
  return (offered) => {
    let difference = offered.length ^ key.length;
    // Every character is compared, so that the time depends on what was offered alone.
    for (let at = 0; at < offered.length; at++) {
      difference |= offered.charCodeAt(at) ^ key.charCodeAt(at % key.length);
    }
    return difference === 0;
  };
}
