/** When a response is over, which Deno tells beside the request. */

import type { Context } from "hono";

/**
 * Settles when the last byte of the response is gone, or its client is;
 * `undefined` where the host does not tell.
 */
export function completedOf({ env }: Context): Promise<unknown> | undefined {
  const info: unknown = env;
  if (typeof info !== "object" || info === null) return undefined;
  // A getter that makes the promise: read once.
  const completed: unknown = "completed" in info ? info.completed : undefined;
  return completed instanceof Promise ? completed : undefined;
}
