/** Check of the server API's key, in a time that reveals nothing about it. */

/** Makes the function that compares an offered key with `key`. */
export function createKeyCheck(
  key: string,
): (offered: string) => Promise<boolean> {
  return async (offered) => {
    // Takes 15 ms to load, which a process without calls saves at its start.
    const { createHash, timingSafeEqual } = await import("node:crypto");
    const digest = (text: string) => createHash("sha256").update(text).digest();
    // Digests have the one length that timingSafeEqual takes.
    return timingSafeEqual(digest(key), digest(offered));
  };
}
