/** Which pages of other origins may use what is no WebSocket (Fetch, "CORS protocol"): those that may connect. */

import type { Context } from "hono";
import { refuseOrigin } from "./admission.ts";
import type { GuardDeps } from "../../lib/transports/request_guard.ts";

const REQUEST_HEADERS =
  "Authorization, Content-Type, If-None-Match, Last-Event-ID";
/** As long as browsers may remember it, in seconds. */
const MAX_AGE = "600";

/** Lets a page of an allowed origin read the answer; the answer to the others. */
function admitOrigin(c: Context, deps: GuardDeps): Response | undefined {
  c.header("Vary", "Origin");
  const refusal = refuseOrigin(c, deps);
  if (refusal !== undefined) return refusal;
  const origin = c.req.header("origin");
  if (origin !== undefined) {
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", "ETag, Retry-After");
  }
  return undefined;
}

/**
 * The answer to a request that gets no further: of another origin, a question what
 * is allowed, or with another method than `methods`, such as `GET, OPTIONS`.
 */
export function answerEarly(
  c: Context,
  deps: GuardDeps,
  methods: string,
): Response | undefined {
  const refusal = admitOrigin(c, deps);
  if (refusal !== undefined) return refusal;
  const { method } = c.req;
  if (method === "OPTIONS") {
    c.header("Allow", methods);
    c.header("Access-Control-Allow-Methods", methods);
    c.header("Access-Control-Allow-Headers", REQUEST_HEADERS);
    c.header("Access-Control-Max-Age", MAX_AGE);
    return c.body(null, 204);
  }
  if (methods.split(", ").includes(method)) return undefined;
  c.header("Allow", methods);
  return c.text(`Use ${methods}.\n`, 405);
}

/**
 * The answer to a page elsewhere that asks without a word of where it is, as an
 * image or a link does: what answers a GET by doing something is not for those.
 * An `EventSource` elsewhere names its origin, one of our own page needs not.
 */
export function refuseBlind(
  c: Context,
  { allowedOrigins }: GuardDeps,
): Response | undefined {
  const site = c.req.header("sec-fetch-site") ?? "none";
  const isElsewhere = site === "cross-site" || site === "same-site";
  const isBlind = isElsewhere && c.req.header("origin") === undefined;
  if (!isBlind || allowedOrigins?.includes("*")) return undefined;
  return c.text("Pages elsewhere have to name their origin.\n", 403);
}
