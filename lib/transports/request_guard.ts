/** Guards of a request to connect, for every transport: its origin, its token, and a free place. */

import { parseUrl, queryOf } from "../base/url.ts";
import type { AllowedOrigins } from "../auth/allowed_origins.ts";
import { isHostAllowed, isOriginAllowed, rootOf } from "../auth/origin.ts";
import { TokenError } from "../auth/token_error.ts";
import type { TokenVerifier } from "../auth/token_verifier.ts";
import type { Log } from "../base/log.ts";
import { isUid, UID_RULE } from "../base/names.ts";
import type { Hub } from "../hub/hub.ts";
import type { TrustedProxies } from "../limits/client_address.ts";
import { ANYBODY, type Identity } from "../hub/identity.ts";

/** Rules that a request is checked by. */
export interface GuardDeps {
  /** The hub that it asks for. */
  readonly hub: Hub;
  /** Notes refused requests. */
  readonly log: Log;
  /** Verifies the tokens of clients. */
  readonly tokens: TokenVerifier;
  /** True if any client may do everything, under any name. */
  readonly insecure: boolean;
  /** Origins of pages that may connect; `undefined`: those of the request's own host. */
  readonly allowedOrigins: AllowedOrigins | undefined;
  /** Proxies whose word on a client's address is taken. By default none. */
  readonly trustedProxies?: TrustedProxies;
}

/** Names of the allowed origins: for operators, and for programs. */
const SETTING = { setting: "ALLOWED_ORIGINS", option: "allowedOrigins" };

/** Characters of a refused origin that are logged. */
const MAX_LOGGED = 200;

/** Answers a page that may not connect; `undefined` if it may, or if the client is no page. */
export function refuseOrigin(
  { headers }: Request,
  { allowedOrigins, insecure, log }: GuardDeps,
): Response | undefined {
  const origin = headers.get("origin");
  const isAllowed = isOriginAllowed(origin, headers.get("host"), {
    allowed: allowedOrigins,
    allowLoopback: insecure,
  });
  if (isAllowed) return undefined;
  log.warn("origin_refused", {
    origin: origin?.slice(0, MAX_LOGGED),
    ...SETTING,
  });
  return textResponse(403, "Pages of this origin may not connect.\n");
}

/**
 * Answers a URL whose query is no UTF-8 in percent-encoding; `undefined` if it is. It
 * would name a channel or a uid that the client does not mean.
 */
export function refuseQuery({ url }: Request): Response | undefined {
  if (!url.includes("%")) return undefined;
  try {
    decodeURIComponent(new URL(url).search);
    return undefined;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return textResponse(400, "The query is not percent-encoded UTF-8.\n");
  }
}

/**
 * Answers a request whose host is invalid, and with it its URL; and where every client
 * may do everything, one under a name that is not known to be this server's. `undefined`
 * if it may pass.
 */
export function refuseHost(
  { headers, url }: Request,
  { allowedOrigins, insecure, log }: GuardDeps,
): Response | undefined {
  const host = headers.get("host");
  const root = host === null ? undefined : rootOf(host);
  // A request target may have a host of its own (RFC 9112, §3.2.2).
  const isItsOwn = root !== undefined && url.startsWith(root);
  if (!isItsOwn && parseUrl(url) === null) return invalidHost();
  // HTTP/1.0 has none, and an empty one stands for none.
  if (host === null || (host === "" && !insecure)) return undefined;
  if (root === undefined) return invalidHost();
  if (!insecure || isHostAllowed(host, allowedOrigins)) return undefined;
  log.warn("host_refused", {
    host: host?.slice(0, MAX_LOGGED),
    ...SETTING,
  });
  return textResponse(
    403,
    "This server asks for no token, so it answers under localhost, an address, " +
      "and the hosts of ALLOWED_ORIGINS, or the option allowedOrigins, only.\n",
  );
}

/** Answers while the hub takes no new clients, or none of this address; `undefined` if it does. */
export function refuseBusy(
  hub: Hub,
  address: string | undefined,
): Response | undefined {
  const { draining, admission } = hub;
  if (!draining && !admission.isFullFor(address)) return undefined;
  if (!draining) admission.countRefusal();
  return busyResponse(hub);
}

/** Answers one of too many clients that connect at once; `undefined` if it is let in. */
export function refuseCrowd(
  hub: Hub,
  address: string | undefined,
): Response | undefined {
  return hub.admission.admit(address) ? undefined : busyResponse(hub, "busy");
}

/** The answer to a client for which there is no place. */
export function busyResponse(hub: Hub, state = "full"): Response {
  const reason = hub.draining ? "shutting down" : state;
  return textResponse(503, `This server is ${reason}; try again later.\n`, {
    "Retry-After": retryAfter(hub),
  });
}

/** The header `Retry-After` of a client that may come again: a time of its own, in whole seconds. */
export function retryAfter(
  hub: Pick<Hub, "returns">,
  retryAfterMs: number = hub.returns.refuse(),
): string {
  return String(Math.max(Math.ceil(retryAfterMs / 1_000), 1));
}

/**
 * The identity that a request shows, by its token, or where everybody may connect by
 * its `?uid=`; `undefined` where the client is still to show it; the answer to a
 * request that is refused.
 */
export async function identify(
  request: Request,
  { hub, insecure, log, tokens }: GuardDeps,
): Promise<Identity | Response | undefined> {
  const authorization = request.headers.get("authorization");
  const token = authorization === null
    ? undefined
    : /^Bearer +(.+)$/i.exec(authorization)?.[1];
  if (token !== undefined) {
    try {
      const claims = await tokens.connection(token);
      if (claims.uid !== undefined) return claims;
      throw new TokenError("invalid", '"sub" is not a uid');
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      log.info("token_refused", { reason: error.message });
      return refuseToken(hub, error);
    }
  }
  const [uid = null, ...others] = queryOf(request.url).getAll("uid");
  if (!insecure) {
    if (uid === null) return undefined;
    return textResponse(
      401,
      "A uid in the URL is not accepted: send a token.\n",
      {
        "WWW-Authenticate": "Bearer",
      },
    );
  }
  if (uid === null) return ANYBODY;
  if (isUid(uid) && others.length === 0) {
    return { ...ANYBODY, uid, claimed: true };
  }
  return textResponse(400, `A uid is ${UID_RULE}, and stands once.\n`);
}

function refuseToken(hub: Hub, { reason }: TokenError): Response {
  if (reason === "unavailable" || reason === "early") {
    return textResponse(
      503,
      "The token cannot be accepted now; try again later.\n",
      { "Retry-After": retryAfter(hub) },
    );
  }
  return textResponse(401, "The token is not accepted.\n", {
    "WWW-Authenticate": 'Bearer error="invalid_token"',
  });
}

/** An answer of plain text. */
export function textResponse(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", ...headers },
  });
}

function invalidHost(): Response {
  return textResponse(400, "The host is invalid.\n");
}
