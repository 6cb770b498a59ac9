/** Guard against hosts that are invalid, and against names that an attacker lets lead to this machine (DNS rebinding). */

import type { MiddlewareHandler } from "hono";
import {
  type GuardDeps,
  refuseHost,
} from "../../lib/transports/request_guard.ts";

/** Makes the middleware that refuses requests under an invalid name (400), and where every client may do everything, under an unknown one (403). */
export function knownHost(deps: GuardDeps): MiddlewareHandler {
  return (c, next) => {
    const refusal = refuseHost(c.req.raw, deps);
    return refusal === undefined ? next() : Promise.resolve(refusal);
  };
}
