/** Guard against names that an attacker lets lead to this machine (DNS rebinding). */

import type { MiddlewareHandler } from "hono";
import {
  type GuardDeps,
  refuseHost,
} from "../../lib/transports/request_guard.ts";

/** Makes the middleware that refuses requests under an unknown name (403), where every client may do everything. */
export function knownHost(deps: GuardDeps): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refuseHost(c.req.raw, deps);
    if (refusal !== undefined) return refusal;
    return await next();
  };
}
