/** Policy for the origins of web pages that open connections. */

/** Origins that may connect. */
export interface OriginPolicy {
  /** Allowed origins, such as `https://app.example`; `*` is any. `undefined`: only the server's own host. */
  readonly allowed: readonly string[] | undefined;
  /** True if pages from this machine and from its disk may connect too. */
  readonly allowLoopback: boolean;
}

/**
 * Checks whether a page of `origin` may connect to the server under the name `host`.
 * A request without an origin does not come from a browser, and is allowed.
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
  // Browsers leave out the default port of a scheme; some proxies do not.
  return page.host === URL.parse(`${page.protocol}//${host}`)?.host;
}

function isLoopback(origin: string): boolean {
  if (origin === "null") return true;
  const hostname = URL.parse(origin)?.hostname;
  return hostname !== undefined && isLoopbackHost(hostname);
}

/** Checks whether a host of a URL is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" ||
    hostname.endsWith(".localhost") || /^127(\.\d+){3}$/.test(hostname);
}
