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
export function createKeyCheck(
  key: string,
): (offered: string) => Promise<boolean> {
  if (!isApiKey(key)) {
    throw new TypeError(`Cannot use the API key: expected ${KEY_RULE}`);
  }
  return async (offered) => {
    // Takes 15 ms to load, which a process without calls saves at its start.
    const { createHash, timingSafeEqual } = await import("node:crypto");
    const digest = (text: string) => createHash("sha256").update(text).digest();
    // Digests have the one length that timingSafeEqual takes.
    return timingSafeEqual(digest(key), digest(offered));
  };
}
