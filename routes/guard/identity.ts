/** Identity of a request on which no token can follow. */

import type { Context } from "hono";
import type { Identity } from "../../lib/hub/identity.ts";
import {
  type GuardDeps,
  identify,
} from "../../lib/transports/request_guard.ts";
import { answerWith } from "./admission.ts";

/**
 * Identifies the client of a request, or answers with a refusal (401). The channels
 * of a token are dropped: such a client receives the channels that it requests.
 */
export async function identifyNow(
  c: Context,
  deps: GuardDeps,
): Promise<Identity | Response> {
  const identity = await identify(c.req.raw, deps);
  if (identity instanceof Response) return answerWith(c, identity);
  if (identity !== undefined) {
    const { uid, claimed, expiresAt, info, caps, meta } = identity;
    return { uid, claimed, expiresAt, info, caps, meta };
  }
  c.header("WWW-Authenticate", "Bearer");
  return c.text("A token is required: Authorization: Bearer <JWT>.\n", 401);
}
