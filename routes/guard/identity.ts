/** Who a request says it comes from: by its token, or where anybody may, by its word. */

import type { Context } from "hono";
import { TokenError } from "../../lib/auth/token_error.ts";
import type { TokenVerifier } from "../../lib/auth/token_verifier.ts";
import { ANYBODY, type Identity } from "../../lib/hub/identity.ts";
import { isUid, UID_RULE } from "../../lib/base/names.ts";
import type { GateDeps } from "./admission.ts";

/** What a request's word is checked with. */
export interface IdentifyDeps extends GateDeps {
  readonly tokens: TokenVerifier;
}

/** Who the request comes from; `undefined` where that is still to be said; a response where it is refused. */
export async function identify(
  c: Context,
  { config, log, tokens }: IdentifyDeps,
): Promise<Identity | Response | undefined> {
  const [, token] =
    /^Bearer +(.+)$/i.exec(c.req.header("authorization") ?? "") ??
      [];
  if (token !== undefined) {
    try {
      const claims = await tokens.connection(token);
      if (claims.uid !== undefined) return claims;
      throw new TokenError("invalid", '"sub" is not a uid');
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      log.info("token_refused", { reason: error.message });
      if (error.reason === "unavailable") {
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
    return c.text("A uid comes with a token here, not in the URL.\n", 401);
  }
  if (uid === undefined) return ANYBODY;
  if (isUid(uid)) return { ...ANYBODY, uid };
  return c.text(
    `A uid is ${UID_RULE}.\n`,
    400,
  );
}

/**
 * As {@linkcode identify}, for clients that cannot say later who they are: they are
 * refused (401). They hear what they ask for; the channels of a token are for
 * connections that last.
 */
export async function identifyNow(
  c: Context,
  deps: IdentifyDeps,
): Promise<Identity | Response> {
  const identity = await identify(c, deps);
  if (identity instanceof Response) return identity;
  if (identity !== undefined) {
    const { uid, expiresAt, info, caps, meta } = identity;
    return { uid, expiresAt, info, caps, meta };
  }
  c.header("WWW-Authenticate", "Bearer");
  return c.text("A token comes as Authorization: Bearer <JWT>.\n", 401);
}
