/** Emulated headers: those that an SDK puts into its command `connect`, because a browser sends none with a WebSocket. */

import { errors, ProtocolError } from "../base/errors.ts";
import { requireTexts } from "../base/options.ts";

/**
 * Names of headers that clients may emulate, in lower case.
 *
 * @throws {TypeError} If they are no list, or one is no name of a header.
 */
export function emulatedNames(names: readonly string[]): ReadonlySet<string> {
  requireTexts("create a hub with emulatedHeaders", names, "names of headers");
  return new Set(names.map((name) => {
    try {
      new Headers([[name, ""]]);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new TypeError(
        `Cannot emulate the header "${name}": expected the name of a header`,
      );
    }
    return name.toLowerCase();
  }));
}

/**
 * The headers of a client that it may emulate. They are apart from those of its
 * request, which a proxy may have set: a client can write any value here.
 *
 * @throws {ProtocolError} 107 if one of them has a value that no header can have.
 */
export function emulatedHeaders(
  given: ReadonlyMap<string, string>,
  allowed: ReadonlySet<string>,
): Headers {
  const headers = new Headers();
  for (const [name, value] of given) {
    if (!allowed.has(name.toLowerCase())) continue;
    try {
      headers.append(name, value);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new ProtocolError(
        errors.badRequest,
        `the header ${name} has an invalid value`,
      );
    }
  }
  return headers;
}
