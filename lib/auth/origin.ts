/** Which web pages may open a connection. */

/** What decides about an origin. */
export interface OriginPolicy {
  /** Origins that may connect, such as `https://app.example`; `*` is any. `undefined`: the server's own host. */
  readonly allowed: readonly string[] | undefined;
  /** Whether pages from this machine and from disk may connect too. */
  readonly allowLoopback: boolean;
}

/**
 * Whether a page of `origin` may connect to the server that it calls `host`.
 * No origin at all is no browser, and passes.
 */
export function isOriginAllowed(
  origin: string | null,
  host: string | null,
  { allowed, allowLoopback }: OriginPolicy,
): boolean {
  if (origin === null) return true;
  if (allowLoopback && isLoopback(origin)) return true;
  if (allowed === undefined) return isOwn(origin, host);
  return allowed.includes("*") || allowed.includes(origin);
}

function isOwn(origin: string, host: string | null): boolean {
  const page = URL.parse(origin);
  if (page === null || host === null) return false;
  // Browsers leave out the port that a scheme has by itself; not every proxy does.
  return page.host === URL.parse(`${page.protocol}//${host}`)?.host;
}

function isLoopback(origin: string): boolean {
  if (origin === "null") return true;
  const hostname = URL.parse(origin)?.hostname;
  if (hostname === undefined) return false;
  return hostname === "localhost" || hostname === "[::1]" ||
    hostname.endsWith(".localhost") || /^127(\.\d+){3}$/.test(hostname);
}
