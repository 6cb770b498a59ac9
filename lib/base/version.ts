/** The version that the server says it has. */

/** Follows https://semver.org; the same as in `deno.json`. */
export const VERSION = "0.1.0";
