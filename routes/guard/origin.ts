/** Guards against pages of other origins (Fetch, "CORS protocol"; RFC 6455 §10.2). */

import type { Context, MiddlewareHandler } from "hono";
import {
  type GuardDeps,
  refuseOrigin,
  refuseQuery,
} from "../../lib/transports/request_guard.ts";
import { answerWith } from "./admission.ts";

/** Headers that the transports need. */
const REQUEST_HEADERS = [
  "Authorization",
  "Content-Type",
  "If-None-Match",
  "Last-Event-ID",
];
/** Headers that libraries and tracing add to every request, and that have no effect here. */
const HARMLESS = [
  "baggage",
  "cache-control",
  "traceparent",
  "tracestate",
  "x-requested-with",
];
/** Names of headers that a preflight request asks for, within a bound. */
const HEADER_NAMES = /^[\w-]+(?: *, *[\w-]+)*$/;
const MAX_HEADER_NAMES_LENGTH = 1_000;
/** Time for which browsers may cache the answer to a preflight request. */
const MAX_AGE_SECONDS = "600";

/**
 * Makes the middleware of an endpoint that takes `methods`, from pages of allowed
 * origins too. It answers preflight requests, pages of other origins (403), queries
 * that are not percent-encoded UTF-8 (400) and other methods (405), `HEAD` included. A
 * page whose origin is named may send cookies and any header; one that `*` lets in may not.
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
    const isNamed = origin !== undefined && isNamedPage(origin, deps);
    if (origin !== undefined) {
      c.header("Access-Control-Allow-Origin", origin);
      c.header("Access-Control-Expose-Headers", "ETag, Retry-After");
    }
    if (isNamed) c.header("Access-Control-Allow-Credentials", "true");
    if (methods.includes(c.req.method)) {
      const unnamed = c.req.method === "GET"
        ? undefined
        : refuseUnnamedOrigin(c, deps);
      return unnamed ?? await next();
    }
    c.header("Allow", allow);
    if (c.req.method !== "OPTIONS") return c.text(`Use ${allow}.\n`, 405);
    c.header("Access-Control-Allow-Methods", allow);
    c.header("Access-Control-Allow-Headers", allowedHeaders(c, isNamed));
    c.header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    return c.body(null, 204);
  };
}

/** Sandboxed frames of every site have the origin `null`: it is no name. */
function isNamedPage(origin: string, { allowedOrigins }: GuardDeps): boolean {
  return origin !== "null" && allowedOrigins?.names(origin) === true;
}

function allowedHeaders(c: Context, isNamed: boolean): string {
  const names = c.req.header("access-control-request-headers") ?? "";
  const isList = HEADER_NAMES.test(names) &&
    names.length <= MAX_HEADER_NAMES_LENGTH;
  const others = (isList ? names.split(/ *, */) : []).filter((name) =>
    isNamed || HARMLESS.includes(name.toLowerCase())
  );
  return [...REQUEST_HEADERS, ...others].join(", ");
}

/**
 * Answers with 403 a page of another site that does not name its origin, as an
 * image, a link or an old form does: a request that has an effect is not for those. An
 * `EventSource` of another site names its origin; one of our own page need not.
 */
export function refuseUnnamedOrigin(
  c: Context,
  { allowedOrigins }: GuardDeps,
): Response | undefined {
  const site = c.req.header("sec-fetch-site") ?? "none";
  const isElsewhere = site === "cross-site" || site === "same-site";
  const isUnnamed = isElsewhere && c.req.header("origin") === undefined;
  if (!isUnnamed || allowedOrigins?.any) return undefined;
  return c.text("Pages of other sites have to name their origin.\n", 403);
}
