/** Version of the server, as it reports it to clients. */

/** Follows https://semver.org; the same as in `deno.json`. */
export const VERSION = "0.1.0";
