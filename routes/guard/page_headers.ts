/** Headers that tell browsers what they may do with an answer: as little as possible. */

import type { MiddlewareHandler } from "hono";

/** Headers of every answer, unless it has its own. */
const HEADERS: readonly (readonly [string, string])[] = Object.entries({
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  // Pages of allowed origins read answers by CORS, which this does not forbid.
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
});

/** Adds the headers to an answer. */
export function addPageHeaders({ headers }: Response): void {
  for (const [name, value] of HEADERS) {
    if (!headers.has(name)) headers.set(name, value);
  }
}

/** Makes the middleware that adds them; a WebSocket is no page. */
export function pageHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.status !== 101) addPageHeaders(c.res);
  };
}
