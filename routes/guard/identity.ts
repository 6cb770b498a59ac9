/** Identity of a request's client: by its token, or in insecure mode by the uid in the URL. */

import type { Context } from "hono";
import { TokenError } from "../../lib/auth/token_error.ts";
import type { TokenVerifier } from "../../lib/auth/token_verifier.ts";
import { ANYBODY, type Identity } from "../../lib/hub/identity.ts";
import { isUid, UID_RULE } from "../../lib/base/names.ts";
import { type GuardDeps, setRetryAfter } from "./admission.ts";

/** Dependencies of the guards that verify an identity. */
export interface IdentityDeps extends GuardDeps {
  readonly tokens: TokenVerifier;
}

/** Identifies the client, or answers with a refusal; `undefined` where a token may follow on the connection. */
export async function identify(
  c: Context,
  deps: IdentityDeps,
): Promise<Identity | Response | undefined> {
  const { config, log, tokens } = deps;
  const authorization = c.req.header("authorization") ?? "";
  const [, token] = /^Bearer +(.+)$/i.exec(authorization) ?? [];
  if (token !== undefined) {
    try {
      const claims = await tokens.connection(token);
      if (claims.uid !== undefined) return claims;
      throw new TokenError("invalid", '"sub" is not a uid');
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      log.info("token_refused", { reason: error.message });
      if (error.reason === "unavailable") {
        setRetryAfter(c, deps);
        return c.text("Tokens cannot be verified now; try again later.\n", 503);
      }
      c.header("WWW-Authenticate", 'Bearer error="invalid_token"');
      return c.text("The token is not accepted.\n", 401);
    }
  }
  const uid = c.req.query("uid");
  if (!config.insecureAnonymousAll) {
    if (uid === undefined) return undefined;
    c.header("WWW-Authenticate", "Bearer");
    return c.text("A uid in the URL is not accepted: send a token.\n", 401);
  }
  if (uid === undefined) return ANYBODY;
  if (isUid(uid)) return { ...ANYBODY, uid };
  return c.text(`A uid is ${UID_RULE}.\n`, 400);
}

/**
 * Identifies the client as {@linkcode identify} does, for requests on which no
 * token can follow: without one they are refused (401). The channels of the token
 * are dropped: such a client receives the channels that it requests.
 */
export async function identifyNow(
  c: Context,
  deps: IdentityDeps,
): Promise<Identity | Response> {
  const identity = await identify(c, deps);
  if (identity instanceof Response) return identity;
  if (identity !== undefined) {
    const { uid, expiresAt, info, caps, meta } = identity;
    return { uid, expiresAt, info, caps, meta };
  }
  c.header("WWW-Authenticate", "Bearer");
  return c.text("A token is required: Authorization: Bearer <JWT>.\n", 401);
}
