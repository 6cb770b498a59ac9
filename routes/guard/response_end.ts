/** End of a response, which Deno reports beside the request. */

import type { Context } from "hono";

/**
 * Settles when the last byte of the response was sent, or its client is gone;
 * `undefined` where the server does not report it.
 */
export function completedOf({ env }: Context): Promise<unknown> | undefined {
  const info: unknown = env;
  if (typeof info !== "object" || info === null) return undefined;
  // The getter makes a promise at every access: read once.
  const completed: unknown = "completed" in info ? info.completed : undefined;
  return completed instanceof Promise ? completed : undefined;
}
