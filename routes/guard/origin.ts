/** Guards against pages of other origins (Fetch, "CORS protocol"; RFC 6455 §10.2). */

import type { Context, MiddlewareHandler } from "hono";
import {
  type GuardDeps,
  refuseOrigin,
  refuseQuery,
} from "../../lib/transports/request_guard.ts";
import { answerWith } from "./admission.ts";

const REQUEST_HEADERS =
  "Authorization, Content-Type, If-None-Match, Last-Event-ID";
/** Time for which browsers may cache the answer to a preflight request. */
const MAX_AGE_SECONDS = "600";

/**
 * Makes the middleware of an endpoint that takes `methods`, from pages of allowed
 * origins too. It answers preflight requests, pages of other origins (403), queries that are
 * not percent-encoded UTF-8 (400) and other methods (405), `HEAD` included.
 */
export function crossOrigin(
  deps: GuardDeps,
  methods: readonly string[],
): MiddlewareHandler {
  const allow = [...methods, "OPTIONS"].join(", ");
  return async (c, next) => {
    c.header("Vary", "Origin");
    const refusal = refuseOrigin(c.req.raw, deps) ?? refuseQuery(c.req.raw);
    if (refusal !== undefined) return answerWith(c, refusal);
    const origin = c.req.header("origin");
    if (origin !== undefined) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Expose-Headers", "ETag, Retry-After");
    }
    if (methods.includes(c.req.method)) return await next();
    c.header("Allow", allow);
    if (c.req.method !== "OPTIONS") return c.text(`Use ${allow}.\n`, 405);
    c.header("Access-Control-Allow-Methods", allow);
    c.header("Access-Control-Allow-Headers", REQUEST_HEADERS);
    c.header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    return c.body(null, 204);
  };
}

/**
 * Answers with 403 a page of another site that does not name its origin, as an
 * image or a link does: a `GET` that has an effect is not for those. An
 * `EventSource` of another site names its origin; one of our own page need not.
 */
export function refuseUnnamedOrigin(
  c: Context,
  { allowedOrigins }: GuardDeps,
): Response | undefined {
  const site = c.req.header("sec-fetch-site") ?? "none";
  const isElsewhere = site === "cross-site" || site === "same-site";
  const isUnnamed = isElsewhere && c.req.header("origin") === undefined;
  if (!isUnnamed || allowedOrigins?.includes("*")) return undefined;
  return c.text("Pages of other sites have to name their origin.\n", 403);
}
