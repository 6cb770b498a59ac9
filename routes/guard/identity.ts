/** Identity of a request whose client cannot show it later: by its token, or where everybody may connect, by its uid. */

import type { Context } from "hono";
import type { Identity } from "../../lib/hub/identity.ts";
import {
  type GuardDeps,
  identify,
} from "../../lib/transports/request_guard.ts";
import { answerWith } from "./admission.ts";

/**
 * The identity that a request shows; the answer to one that shows none (401). The
 * channels of a token are left out: they are for connections that last.
 */
export async function identifyNow(
  c: Context,
  deps: GuardDeps,
): Promise<Identity | Response> {
  const identity = await identify(c.req.raw, deps);
  if (identity instanceof Response) return answerWith(c, identity);
  if (identity !== undefined) {
    const { uid, expiresAt, info, caps, meta } = identity;
    return { uid, expiresAt, info, caps, meta };
  }
  c.header("WWW-Authenticate", "Bearer");
  return c.text("A token comes as Authorization: Bearer <JWT>.\n", 401);
}
